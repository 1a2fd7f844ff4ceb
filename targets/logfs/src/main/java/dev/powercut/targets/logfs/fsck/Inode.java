package dev.powercut.targets.logfs.fsck;

import dev.powercut.kernel.vfs.Mode;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import org.jspecify.annotations.Nullable;

/** An inode in use, as it is or as it is to be. */
final class Inode {

    final int number;
    final long version;

    /** Its record, {@link Format#INODE_BYTES} bytes. */
    final byte[] record;

    /** Where the record is on the disk; block 0 when it is nowhere. */
    int block;

    int slot;

    ExtentList extents = new ExtentList();

    /** Blocks of the extent tree, with their offsets as in summaries. */
    int[] treeBlocks = {};

    long[] treeOffsets = {};

    /** What the extents are not as they should be, with a number for it; null when they are. */
    @Nullable
    ProblemKind extentProblem;

    long extentProblemFound;
    long extentProblemExpected;
    int extentProblemBlock;

    @Nullable
    Directory directory;

    /** Whether its record has to be written anew. */
    boolean changed;

    /** Whether its extent blocks have to be written anew. */
    boolean treeChanged;

    /** File blocks that have to be copied to another place. */
    @Nullable
    LongList copies;

    /** File blocks that are to become holes. */
    @Nullable
    LongList drops;

    // ---- What the directories say ----

    int nameCount;
    int directoryCount;

    @Nullable
    Inode above;

    String name = "";

    /** Of a walk from below. */
    int mark;

    Inode(int number, long version, byte[] record, int block, int slot) {
        this.number = number;
        this.version = version;
        this.record = record;
        this.block = block;
        this.slot = slot;
    }

    int mode() {
        return InodeRecord.mode(record, 0);
    }

    boolean isDirectory() {
        return Mode.isDirectory(mode());
    }

    long sizeBytes() {
        return InodeRecord.sizeBytes(record, 0);
    }

    /** Whether its contents are in blocks: not those of devices, pipes, sockets and short symbolic links. */
    boolean hasExtents() {
        return switch (Mode.type(mode())) {
            case Mode.REGULAR, Mode.DIRECTORY -> true;
            case Mode.SYMLINK -> sizeBytes() > Format.INO_AREA_BYTES;
            default -> false;
        };
    }

    void copy(long fileBlock) {
        if (copies == null) {
            copies = new LongList();
        }
        copies.add(fileBlock);
        changed = true;
    }

    /** @return whether it is the first since {@link #takeDrops} */
    boolean drop(long fileBlock) {
        boolean first = drops == null;
        if (drops == null) {
            drops = new LongList();
        }
        drops.add(fileBlock);
        return first;
    }

    void takeDrops() {
        LongList dropped = drops;
        if (dropped == null) {
            return;
        }
        ExtentList holes = new ExtentList();
        for (long fileBlock : dropped.sorted()) {
            holes.append(fileBlock, 0, 1);
            if (directory != null) {
                directory.clear(fileBlock);
            }
        }
        extents = extents.with(holes);
        drops = null;
        changed = true;
        treeChanged = true;
    }
}
