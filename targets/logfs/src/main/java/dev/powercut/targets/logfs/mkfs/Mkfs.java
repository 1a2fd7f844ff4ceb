package dev.powercut.targets.logfs.mkfs;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Mixing;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.InodeRecord;
import dev.powercut.targets.logfs.format.Summary;
import dev.powercut.targets.logfs.format.Superblock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes a logfs volume: one partial write with the root directory's inode, the first block of the inode map and that of the usage table;
 * both checkpoints; the backup superblock; flush; superblock; flush.
 */
public final class Mkfs {

    /** drwxr-xr-x. */
    private static final int ROOT_MODE = 0x41ED;

    private static final int PAYLOAD_BLOCKS = 3;

    private final BlockDevice device;
    private final MkfsOptions options;
    private final Geometry geometry;
    private final Checksum checksum;
    private final long firstCheckpoint;

    private Mkfs(BlockDevice device, MkfsOptions options, Geometry geometry, long firstCheckpoint) {
        this.device = device;
        this.options = options;
        this.geometry = geometry;
        this.checksum = new Checksum(geometry.volumeId());
        this.firstCheckpoint = firstCheckpoint;
    }

    /**
     * Makes a volume that fills the device, up to a last segment that would not be whole.
     *
     * @throws IllegalArgumentException when it has more blocks than addresses reach, more segments than there may be, or fewer blocks than inodes
     * @throws DeviceTooSmallException when too few segments would be left for files
     */
    public static Geometry format(BlockDevice device, MkfsOptions asked) throws DeviceTooSmallException {
        long deviceBytes = device.sectorCount() * Sector.BYTES;
        long fitting = deviceBytes / asked.blockSizeBytes();
        if (fitting > Format.MAX_BLOCKS) {
            throw new IllegalArgumentException("a logfs has at most " + Format.MAX_BLOCKS + " blocks of "
                    + asked.blockSizeBytes() + " bytes, less than " + ((long) asked.blockSizeBytes() * 2 >> 10)
                    + " TiB; a device of " + deviceBytes + " bytes has " + fitting + "; give a smaller one"
                    + (asked.blockSizeBytes() < Format.MAX_BLOCK_SIZE_BYTES ? ", or larger blocks" : ""));
        }
        int blocks = (int) fitting;
        MkfsOptions options = asked.forBlocks(blocks);
        long firstCheckpoint = numberAboveOld(device);
        Geometry geometry = Plan.of(options, blocks, volumeId(deviceBytes, options, firstCheckpoint));
        if (geometry == null) {
            throw new DeviceTooSmallException(deviceBytes, options);
        }
        new Mkfs(device, options, geometry, firstCheckpoint).make();
        return geometry;
    }

    /** An even number for the first checkpoint, above what any partial write of an old logfs on the device has. */
    private static long numberAboveOld(BlockDevice device) {
        byte[] sector = new byte[Sector.BYTES];
        device.read(0, 1, sector, 0);
        Geometry old;
        try {
            old = Superblock.decode(sector, 0, device.sectorCount() * Sector.BYTES, 0);
        } catch (ImageFormatException e) {
            return 0;
        }
        long newest = 0;
        for (int block : new int[] {old.checkpointA(), old.checkpointB()}) {
            device.read((long) block * old.sectorsPerBlock(), 1, sector, 0);
            if (Checkpoint.lengthBytes(old, sector) > 0) {
                newest = Math.max(newest, Checkpoint.sequence(sector));
            }
        }
        return newest + 3 & ~1L;
    }

    private static long volumeId(long deviceBytes, MkfsOptions options, long firstCheckpoint) {
        long id = Mixing.mix(deviceBytes) + Mixing.mix(options.segmentBytes()) * 3 + options.blockSizeBytes();
        id = Mixing.mix(id + options.createdNanos()) + Mixing.hash(options.label());
        return Mixing.mix(id + firstCheckpoint) & Long.MAX_VALUE;
    }

    private void make() {
        int size = geometry.blockSizeBytes();
        int first = geometry.segmentStart(0);
        byte[] b = new byte[(1 + PAYLOAD_BLOCKS) * size];
        Summary.putEntry(b, 0, 0, Format.KIND_INODES, 0, 0, 0);
        Summary.putEntry(b, 0, 1, Format.KIND_INODE_MAP, 0, 0, 0);
        Summary.putEntry(b, 0, 2, Format.KIND_USAGE, 0, 0, 0);
        putRoot(b, size);
        int root = 2 * size + Format.ROOT_INODE * Format.MAP_ENTRY_BYTES;
        put32(b, root + Format.MAP_BLOCK, first + 1);
        put64(b, root + Format.MAP_VERSION, 1);
        put32(b, 3 * size + Format.USE_LIVE, Format.INODE_BYTES);
        put64(b, 3 * size + Format.USE_YOUNGEST, options.createdNanos());
        int next = first + 1 + PAYLOAD_BLOCKS;
        Summary.seal(
                geometry,
                checksum,
                b,
                0,
                firstCheckpoint,
                1,
                options.createdNanos(),
                first,
                next,
                first + geometry.segmentBlocks(),
                PAYLOAD_BLOCKS,
                Format.FLAG_END);
        write(first, b, "segment");
        int[] usageBlocks = new int[geometry.usageBlocks()];
        usageBlocks[0] = first + 3;
        for (int i = 0; i < 2; i++) {
            Checkpoint checkpoint = new Checkpoint(
                    firstCheckpoint + i,
                    options.createdNanos(),
                    2,
                    next,
                    first + geometry.segmentBlocks(),
                    1,
                    0,
                    new int[] {first + 2},
                    usageBlocks);
            write(geometry.checkpointBlock(firstCheckpoint + i), checkpoint.encode(checksum), "checkpoint");
        }
        byte[] superblock = new byte[size];
        Superblock.encode(
                geometry, options.createdNanos(), options.label().getBytes(StandardCharsets.UTF_8), superblock, 0);
        write(geometry.backupBlock(), Arrays.copyOf(superblock, Sector.BYTES), "superblock");
        device.flush(cause("superblock"));
        write(0, superblock, "superblock");
        device.flush(cause("superblock"));
    }

    private void putRoot(byte[] b, int at) {
        long now = options.createdNanos();
        InodeRecord.setNumber(b, at, Format.ROOT_INODE);
        InodeRecord.setMode(b, at, ROOT_MODE);
        InodeRecord.setVersion(b, at, 1);
        InodeRecord.setLinkCount(b, at, 2);
        InodeRecord.setTimes(b, at, now, now, now, now);
        InodeRecord.setParent(b, at, Format.ROOT_INODE);
    }

    private void write(int block, byte[] bytes, String kind) {
        device.write((long) block * geometry.sectorsPerBlock(), bytes.length / Sector.BYTES, bytes, 0, cause(kind));
    }

    private static Cause cause(String kind) {
        return new Cause(new BlockKind(kind), new Trigger.Format());
    }
}
