package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.Superblock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which copy of the superblock to believe. The primary, when all backups agree with it on the measures of the volume, as on
 * every sound image. Otherwise the copy whose measures fit best what is on the device ({@link Plausibility}), then the one that
 * most copies agree with, then the primary. Without a usable primary, backups are looked for where they usually are for each
 * block size, and then at every KiB of the device.
 */
final class SuperblockChoice {

    /** Words on which all copies agree: measures and the features that shape the volume. Others are kept up in the primary only. */
    private static final int[] SHAPE_WORDS = {
        Format.S_INODES_COUNT,
        Format.S_BLOCKS_COUNT,
        Format.S_FIRST_DATA_BLOCK,
        Format.S_LOG_BLOCK_SIZE,
        Format.S_LOG_CLUSTER_SIZE,
        Format.S_BLOCKS_PER_GROUP,
        Format.S_CLUSTERS_PER_GROUP,
        Format.S_INODES_PER_GROUP
    };

    private static final int SHAPE_COMPAT = Features.COMPAT_RESIZE_INODE | Features.COMPAT_SPARSE_SUPER2;

    /** Groups that hold backups in every layout but that of sparse_super2. */
    private static final int[] USUAL_GROUPS = {1, 3, 5, 7, 9};

    private static final int SUPERBLOCK_SECTORS = Format.SUPERBLOCK_BYTES / Sector.BYTES;
    private static final int SCAN_SECTORS = 128;

    /** A copy with its place on the device; group 0 is the primary. */
    private record Copy(int group, int block, byte[] record, Geometry geometry) {}

    private final BlockDevice device;
    private final boolean ext3;
    private final long deviceBytes;
    private final List<Problem> problems;

    /** Groups whose backups differ from what was chosen; empty as a rule. */
    private final List<Integer> wrongBackups = new ArrayList<>(0);

    /** @param ext3 whether the volume may have a journal, and may need it to be replayed */
    SuperblockChoice(BlockDevice device, boolean ext3, List<Problem> problems) {
        this.device = device;
        this.ext3 = ext3;
        this.deviceBytes = device.sectorCount() * Sector.BYTES;
        this.problems = problems;
    }

    /**
     * Puts the superblock to go by into {@code record}, and notes problems where copies are wrong.
     *
     * @throws ImageFormatException when there is none; or when the volume needs what we do not know
     */
    Geometry choose(byte[] record, FsckOptions options) throws ImageFormatException {
        if (deviceBytes < Format.SUPERBLOCK_OFFSET_BYTES + Format.SUPERBLOCK_BYTES) {
            throw new ImageFormatException(
                    "a device of " + deviceBytes + " bytes has no superblock",
                    Format.SUPERBLOCK_OFFSET_BYTES,
                    "the image is truncated, or not an image");
        }
        read(Format.SUPERBLOCK_OFFSET_BYTES, record);
        if (options.superblockBlock() > 0) {
            return asTold(record, options);
        }
        Geometry primary;
        try {
            primary = geometry(record);
            refuseUnknownFeatures(primary);
        } catch (ImageFormatException e) {
            if (!ext3 && hasJournal(record) || isSoundButForFeatures(record)) {
                throw e;
            }
            return withoutPrimary(record, e);
        }
        if (primary.groupCount() == 1) {
            return primary;
        }
        compareBackups(record, primary);
        return wrongBackups.isEmpty() ? primary : mostPlausible(record, primary);
    }

    private Geometry geometry(byte[] record) throws ImageFormatException {
        return ext3 ? Geometry.ofExt3(record, 0, deviceBytes) : Geometry.of(record, 0, deviceBytes);
    }

    private void read(long offsetBytes, byte[] record) {
        device.read(offsetBytes / Sector.BYTES, SUPERBLOCK_SECTORS, record, 0);
    }

    /** Not a bit turned over: ext3, whose backups may still be those of ext2. */
    private static boolean hasJournal(byte[] record) {
        return Superblock.magic(record, 0) == Format.MAGIC
                && (Superblock.compat(record, 0) & Features.COMPAT_HAS_JOURNAL) != 0
                && Superblock.journalInode(record, 0) == Format.JOURNAL_INODE;
    }

    /**
     * Whether a primary superblock asks for features that we do not know and is sound otherwise: then they are meant, whatever the
     * backups say, as e2fsck has it too. A journal is another matter, for it would have an inode.
     */
    private boolean isSoundButForFeatures(byte[] record) {
        int compat = Superblock.compat(record, 0) & Features.COMPAT_UNDERSTOOD_EXT3;
        int incompat = Superblock.incompat(record, 0) & Features.INCOMPAT_UNDERSTOOD_EXT3;
        int roCompat = Superblock.roCompat(record, 0) & Features.RO_COMPAT_CHECKED;
        if (compat == Superblock.compat(record, 0)
                && incompat == Superblock.incompat(record, 0)
                && roCompat == Superblock.roCompat(record, 0)) {
            return false;
        }
        byte[] rest = record.clone();
        Superblock.setCompat(rest, 0, compat);
        Superblock.setIncompat(rest, 0, incompat & Features.INCOMPAT_UNDERSTOOD);
        Superblock.setRoCompat(rest, 0, roCompat);
        try {
            geometry(rest);
            return true;
        } catch (ImageFormatException damaged) {
            return false;
        }
    }

    /** What a feature that we do not know owns on the volume would look leaked. */
    private void refuseUnknownFeatures(Geometry geometry) throws ImageFormatException {
        int compat = geometry.compat() & ~(ext3 ? Features.COMPAT_UNDERSTOOD_EXT3 : Features.COMPAT_UNDERSTOOD);
        int roCompat = geometry.roCompat() & ~Features.RO_COMPAT_CHECKED;
        if (compat != 0 || roCompat != 0) {
            String names = compat != 0 ? Features.compatNames(compat) : Features.roCompatNames(roCompat);
            throw new ImageFormatException(
                    "the image uses features that this fsck does not know: " + names,
                    Format.SUPERBLOCK_OFFSET_BYTES
                            + (long) (compat != 0 ? Format.S_FEATURE_COMPAT : Format.S_FEATURE_RO_COMPAT),
                    "check it with e2fsck");
        }
    }

    // ---- A primary that can be used ----

    private void compareBackups(byte[] record, Geometry geometry) {
        byte[] backup = new byte[Format.SUPERBLOCK_BYTES];
        for (int group = 1; group < geometry.groupCount(); group++) {
            if (geometry.hasSuperblock(group)) {
                read((long) geometry.firstBlockOfGroup(group) * geometry.blockSizeBytes(), backup);
                if (!agree(record, backup)) {
                    wrongBackups.add(group);
                }
            }
        }
    }

    /** Types in entries may have come later; then a backup may lack the feature. */
    private static boolean agree(byte[] a, byte[] b) {
        for (int word : SHAPE_WORDS) {
            if (LittleEndian.s32(a, word) != LittleEndian.s32(b, word)) {
                return false;
            }
        }
        boolean dynamicA = Superblock.revision(a, 0) != Format.REVISION_ORIGINAL;
        boolean dynamicB = Superblock.revision(b, 0) != Format.REVISION_ORIGINAL;
        int compat = Superblock.compat(a, 0) ^ Superblock.compat(b, 0);
        int roCompat = Superblock.roCompat(a, 0) ^ Superblock.roCompat(b, 0);
        boolean sparse2 = (Superblock.compat(a, 0) & Features.COMPAT_SPARSE_SUPER2) != 0;
        return Superblock.magic(a, 0) == Superblock.magic(b, 0)
                && inodeSize(a, dynamicA) == inodeSize(b, dynamicB)
                && firstInode(a, dynamicA) == firstInode(b, dynamicB)
                && (incompat(a) & ~Features.INCOMPAT_FILETYPE | incompat(b)) == incompat(a)
                && Superblock.reservedGdtBlocks(a, 0) == Superblock.reservedGdtBlocks(b, 0)
                && (compat & SHAPE_COMPAT) == 0
                && (!sparse2 || LittleEndian.s64(a, Format.S_BACKUP_BGS) == LittleEndian.s64(b, Format.S_BACKUP_BGS))
                && (sparse2 || (roCompat & Features.RO_COMPAT_SPARSE_SUPER) == 0);
    }

    /** Without the flag that the journal is to be replayed, which only the primary has. */
    private static int incompat(byte[] b) {
        return Superblock.incompat(b, 0) & ~Features.INCOMPAT_RECOVER;
    }

    private static int inodeSize(byte[] b, boolean dynamic) {
        return dynamic ? Superblock.inodeSize(b, 0) : Format.INODE_BASE_BYTES;
    }

    private static int firstInode(byte[] b, boolean dynamic) {
        return dynamic ? Superblock.firstInode(b, 0) : Format.FIRST_INODE;
    }

    private Geometry mostPlausible(byte[] record, Geometry primary) {
        List<Copy> copies = new ArrayList<>();
        copies.add(new Copy(0, primary.firstDataBlock(), record.clone(), primary));
        for (int group : wrongBackups) {
            addCopy(copies, primary.firstBlockOfGroup(group), primary.blockSizeBytes());
        }
        if (copies.size() == 1) {
            addUsual(copies);
        }
        Copy best = best(copies);
        if (best.group == 0) {
            reportWrongBackups(primary);
            return primary;
        }
        return take(best, record, "it does not fit the volume, nor its backups");
    }

    private void reportWrongBackups(Geometry geometry) {
        for (int group : wrongBackups) {
            int block = geometry.firstBlockOfGroup(group);
            problems.add(new Problem(ProblemKind.BACKUP_SUPERBLOCK_WRONG, 0, block, group, 0));
        }
    }

    private Copy best(List<Copy> copies) {
        Plausibility plausibility = new Plausibility(device);
        Copy best = copies.getFirst();
        long most = -1;
        for (Copy copy : copies) {
            int votes = 0;
            for (Copy other : copies) {
                votes += agree(copy.record, other.record) ? 1 : 0;
            }
            long score = plausibility.ofVolume(copy.geometry, copy.block) * 1000L + votes;
            if (score > most) {
                most = score;
                best = copy;
            }
        }
        return best;
    }

    private Geometry take(Copy copy, byte[] record, String reason) {
        System.arraycopy(copy.record, 0, record, 0, record.length);
        Superblock.setGroupOfCopy(record, 0, 0);
        Superblock.setState(record, 0, 0);
        problems.add(new Problem(ProblemKind.SUPERBLOCK_CORRUPT, 0, copy.block, 0, 0, 0, reason));
        return copy.geometry;
    }

    // ---- No primary ----

    private Geometry withoutPrimary(byte[] record, ImageFormatException reason) throws ImageFormatException {
        List<Copy> copies = new ArrayList<>();
        addUsual(copies);
        if (copies.isEmpty()) {
            addAnywhere(copies);
        }
        if (!copies.isEmpty()) {
            return take(best(copies), record, reason.what());
        }
        Geometry counted = counted(record);
        if (counted != null) {
            return counted;
        }
        throw reason.remedy().equals(Superblock.TRY_BACKUP)
                ? new ImageFormatException(
                        reason.what(),
                        reason.offsetBytes(),
                        "no backup superblock was found either; name the block of one with -b, if the image is ext2 at all")
                : reason;
    }

    /** Corrects a primary of which nothing is wrong but the number of inodes, which its groups tell; null when more is. */
    private @Nullable Geometry counted(byte[] record) {
        long blocks = Integer.toUnsignedLong(Superblock.blockCount(record, 0)) - Superblock.firstDataBlock(record, 0);
        long perGroup = Integer.toUnsignedLong(Superblock.blocksPerGroup(record, 0));
        if (blocks <= 0 || perGroup == 0) {
            return null;
        }
        byte[] right = record.clone();
        Superblock.setInodeCount(right, 0, (int) Math.ceilDiv(blocks, perGroup) * Superblock.inodesPerGroup(record, 0));
        Geometry geometry;
        try {
            geometry = geometry(right);
            refuseUnknownFeatures(geometry);
        } catch (ImageFormatException more) {
            return null;
        }
        long found = Integer.toUnsignedLong(Superblock.inodeCount(record, 0));
        System.arraycopy(right, 0, record, 0, record.length);
        problems.add(new Problem(ProblemKind.INODE_COUNT_WRONG, 0, 0, found, geometry.inodeCount()));
        compareBackups(record, geometry);
        reportWrongBackups(geometry);
        return geometry;
    }

    /** Adds the backups that are where mke2fs puts them when groups have their usual size. */
    private void addUsual(List<Copy> copies) {
        for (int size = Format.MIN_BLOCK_SIZE_BYTES; size <= Format.MAX_BLOCK_SIZE_BYTES; size *= 2) {
            for (int group : USUAL_GROUPS) {
                addCopy(copies, group * 8L * size + (size == Format.MIN_BLOCK_SIZE_BYTES ? 1 : 0), size);
            }
        }
    }

    /** Adds every backup at any KiB of the device. */
    private void addAnywhere(List<Copy> copies) {
        byte[] chunk = new byte[SCAN_SECTORS * Sector.BYTES];
        long end = device.sectorCount();
        long sector = 0;
        while ((sector = device.skipZeroes(sector, end)) < end && copies.size() < USUAL_GROUPS.length) {
            sector -= sector % 2;
            int count = (int) Math.min(SCAN_SECTORS, end - sector);
            device.read(sector, count, chunk, 0);
            for (int at = 0; at + Format.SUPERBLOCK_BYTES <= count * Sector.BYTES; at += Format.SUPERBLOCK_BYTES) {
                int log = Superblock.logBlockSize(chunk, at);
                long offset = sector * Sector.BYTES + at;
                if (Superblock.magic(chunk, at) == Format.MAGIC
                        && log >= 0
                        && log <= 2
                        && offset % (1024 << log) == 0) {
                    addCopy(copies, offset / (1024 << log), 1024 << log);
                }
            }
            sector += count;
        }
    }

    private void addCopy(List<Copy> copies, long block, int blockSize) {
        Copy copy = copyAt(block, blockSize);
        if (copy != null && copy.group > 0) {
            copies.add(copy);
        }
    }

    /** The sound superblock at the start of a block, if it is one and says itself that it belongs there; else null. */
    private @Nullable Copy copyAt(long block, int blockSize) {
        if ((block + 1) * blockSize > deviceBytes) {
            return null;
        }
        byte[] record = new byte[Format.SUPERBLOCK_BYTES];
        read(block * blockSize, record);
        try {
            Geometry geometry = geometry(record);
            refuseUnknownFeatures(geometry);
            int group = geometry.isBlock((int) block) ? geometry.groupOfBlock((int) block) : 0;
            boolean inPlace = geometry.blockSizeBytes() == blockSize
                    && geometry.hasSuperblock(group)
                    && geometry.firstBlockOfGroup(group) == block
                    && (Superblock.revision(record, 0) == Format.REVISION_ORIGINAL
                            || Superblock.groupOfCopy(record, 0) == (group & 0xFFFF));
            return inPlace ? new Copy(group, (int) block, record, geometry) : null;
        } catch (ImageFormatException notOne) {
            return null;
        }
    }

    // ---- One that the user names ----

    private Geometry asTold(byte[] record, FsckOptions options) throws ImageFormatException {
        int block = options.superblockBlock();
        for (int size = Format.MIN_BLOCK_SIZE_BYTES; size <= Format.MAX_BLOCK_SIZE_BYTES; size *= 2) {
            Copy copy = options.blockSizeBytes() == 0 || options.blockSizeBytes() == size ? copyAt(block, size) : null;
            if (copy != null) {
                boolean known = agree(copy.record, record);
                return known
                        ? copy.geometry
                        : take(copy, record, "it differs from the one in the block that was named");
            }
        }
        throw new ImageFormatException(
                "block " + block + " holds no valid backup superblock"
                        + (options.blockSizeBytes() == 0
                                ? ""
                                : " for blocks of " + options.blockSizeBytes() + " bytes"),
                (long) block * Math.max(options.blockSizeBytes(), Format.MIN_BLOCK_SIZE_BYTES),
                "leave out -b, and backups are looked for");
    }
}
