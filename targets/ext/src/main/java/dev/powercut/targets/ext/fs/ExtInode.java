package dev.powercut.targets.ext.fs;

import dev.powercut.check.image.BlockSet;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.Inode;
import dev.powercut.targets.ext.format.Format;
import org.jspecify.annotations.Nullable;

/**
 * An inode in memory. What the VFS knows is current; what is added here is what the record on disk says, as far as the sectors
 * written so far allow.
 */
final class ExtInode extends Inode {

    /** The 15 words of {@code i_block}: pointers, or the target of a short symbolic link, or a device number. */
    final int[] words = new int[Format.POINTER_COUNT];

    /** The size in the record: covers only data that was written. */
    long diskSizeBytes;

    int flags;

    /** Block of extended attributes; 0 is none. */
    int xattrBlock;

    /** What is reserved for dirty pages without blocks. */
    final Reservation reservation = new Reservation();

    /** Blocks of pointers or entries that have changed since the last fsync. */
    final BlockSet changedBlocks = new BlockSet();

    /** When the record last changed in more than times, mode and owner, in the volume's count; see {@link Volume#noteContents}. */
    long contentsChangedAt;

    /** Up to when its changes are durable, in the same count. */
    long contentsSafeUpTo;

    /** Whether it is on the list of orphans. */
    boolean isOrphan;

    /** The next inode on the list of orphans; 0 for the last. */
    int nextOrphan;

    /** Whether the VFS has let go of it, while it stays here because not all of it is durable. */
    boolean lingers;

    /** Since when, counted by the inodes that stayed. */
    long lingersSince;

    /** Whether the index of this directory was given up since it was read. */
    boolean indexGivenUp;

    /** Of a directory: the one that names it; null of the root, and while nothing has found out. */
    @Nullable
    ExtInode parentDirectory;

    /** Of a directory: where its present entry is, as long as that is not durable. */
    final PendingSectors entryAdded = new PendingSectors();

    /** Of a directory: where its .. is, as long as it names a new parent and that is not durable. */
    final PendingSectors dotDotChanged = new PendingSectors();

    /** Of a directory: where entries of it were removed, as long as that is not durable. */
    final PendingSectors entriesGone = new PendingSectors();

    /** In a directory: where names were removed, as long as that is not durable, by a hash of the name. */
    final PendingSectors namesGone = new PendingSectors();

    /** Where the next data block should go when the file's earlier blocks do not tell. */
    int allocationGoal;

    /** File block in which the file was cut off, as long as the smaller size may not be durable. */
    long unsafeTailBlock = Long.MAX_VALUE;

    int unsafeTails;

    ExtInode(FileSystem fileSystem, int number) {
        super(fileSystem, number);
    }

    /** The inode number as the disk format has it. */
    int ino() {
        return (int) number();
    }

    /** Whether something is known of it that would be lost with it, and matters until it is durable. */
    boolean hasPendingNames() {
        return !entryAdded.isEmpty() || !dotDotChanged.isEmpty() || !entriesGone.isEmpty() || !namesGone.isEmpty();
    }

    /** Whether {@link #words} are pointers: not for short symbolic links, devices, FIFOs and sockets. */
    boolean hasBlockPointers() {
        return isRegular() || isDirectory() || isSymlink() && !isFastSymlink();
    }

    /** Whether the target of this symbolic link is kept in {@link #words}. */
    boolean isFastSymlink() {
        return isSymlink() && diskSizeBytes <= Format.FAST_SYMLINK_MAX_BYTES;
    }
}
