package dev.powercut.targets.logfs.fs;

import dev.powercut.check.image.BlockSet;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.Inode;
import dev.powercut.sim.disk.Cause;
import java.util.ArrayList;
import java.util.List;

/** An inode in memory: what the VFS knows, which is current, and what the log knows. */
final class LogInode extends Inode {

    /** The type of a directory as entries have it. */
    static final int DIRECTORY_TYPE = 4;

    /** With the number, a name for ever. */
    final long version;

    final ExtentList extents = new ExtentList();

    /** What is reserved for dirty pages: file blocks that have no address. */
    final BlockSet reserved = new BlockSet();

    /** Which operations made it dirty since it was last written. */
    final List<Cause.Dirtied> dirtied = new ArrayList<>(2);

    /** The size in the record: covers only data that was written. */
    long diskSizeBytes;

    long createdNanos;

    /** Of a directory: the number of the one above. */
    int parentNumber;

    /** Of a symbolic link: what it says. */
    byte[] target = new byte[0];

    /** Of a directory: its blocks, once they have been read. */
    final List<byte[]> blocks = new ArrayList<>(0);

    /** Of a directory: which of its blocks have changed. */
    final BlockSet changedBlocks = new BlockSet();

    boolean blocksRead;

    /** Whether the record is not as the log has it. */
    boolean dirty;

    /** Whether it differs in more than times, mode and owner. */
    boolean contentsDirty;

    /** Whether the log has no record of it at all. */
    boolean isNew;

    /** Whether it has no names any more: nothing of it is written but data that finds no room in memory. */
    boolean orphan;

    /** Whether the VFS has let go of it, while it stays because it is dirty. */
    boolean lingers;

    LogInode(FileSystem fileSystem, int number, long version) {
        super(fileSystem, number);
        this.version = version;
    }

    int ino() {
        return (int) number();
    }
}
