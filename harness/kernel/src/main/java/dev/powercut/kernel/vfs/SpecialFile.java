package dev.powercut.kernel.vfs;

import dev.powercut.kernel.wait.WaitList;

/**
 * What is behind open file descriptions that are neither of a regular file nor of a directory: a pipe, a device, a socket. The
 * calls find the arguments checked: the range lies in the buffer, the description was opened for what is asked.
 */
public interface SpecialFile {

    /** Returns the count read, 0 at the end. Waits, unless the description does not. */
    int read(OpenFile file, byte[] buffer, int offset, int count);

    /** Returns the count written. */
    int write(OpenFile file, byte[] buffer, int offset, int count);

    /** How many bytes can be read at once, FIONREAD. ENOTTY where this cannot be asked. */
    default int readableBytes() {
        throw Errno.ENOTTY.exception();
    }

    /** Whether a file offset can be given; it means nothing, and stays 0. */
    default boolean hasOffset() {
        return false;
    }

    /** Whether somebody sits there: streams of the C library write it line by line. */
    default boolean isTerminal() {
        return false;
    }

    /** Whether mapping it gives zeroes. */
    default boolean isZeroes() {
        return false;
    }

    /** Woken whenever there may be something new to read, or room to write. EPERM where there is no such news. */
    default WaitList changes() {
        throw Errno.EPERM.exception("nothing ever changes here");
    }

    /** The last descriptor of a description is closed. */
    default void closed(OpenFile file) {}
}
