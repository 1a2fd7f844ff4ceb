package dev.powercut.targets.logfs.fsck;

import dev.powercut.kernel.vfs.Mode;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;

/** Directories that a repair makes: a root, lost+found. */
final class NewDirectory {

    private NewDirectory() {}

    /** An empty directory, with a version that its number never had. */
    static Inode make(Volume volume, InodeTable table, int number, int parent, int permissions, long nowNanos) {
        byte[] record = new byte[Format.INODE_BYTES];
        long version = Math.max(0, table.version(number)) + 1;
        InodeRecord.setNumber(record, 0, number);
        InodeRecord.setMode(record, 0, Mode.DIRECTORY | permissions);
        InodeRecord.setVersion(record, 0, version);
        InodeRecord.setLinkCount(record, 0, 2);
        InodeRecord.setTimes(record, 0, nowNanos, nowNanos, nowNanos, nowNanos);
        InodeRecord.setParent(record, 0, parent);
        Inode inode = new Inode(number, version, record, 0, 0);
        inode.directory = Directory.empty(volume);
        inode.changed = true;
        return inode;
    }
}
