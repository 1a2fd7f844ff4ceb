package dev.powercut.kernel.vfs;

/**
 * A lock on a range of a file, as struct flock of fcntl(2).
 *
 * @param type {@link #READ}, {@link #WRITE} or {@link #NONE}
 * @param whence what {@code start} counts from: 0 the beginning, 1 the file offset, 2 the end
 * @param length 0 for all that follows; negative for what lies before
 * @param processId the process that holds it, in answers
 */
public record RecordLock(int type, int whence, long start, long length, int processId) {

    /** F_RDLCK: shared. */
    public static final int READ = 0;

    /** F_WRLCK: exclusive. */
    public static final int WRITE = 1;

    /** F_UNLCK. */
    public static final int NONE = 2;

    public static RecordLock of(int type, long start, long length) {
        return new RecordLock(type, 0, start, length, 0);
    }
}
