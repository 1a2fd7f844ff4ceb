package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.s32;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.Superblock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A device with a superblock that can be trusted: the first one, or its backup. */
final class Volume {

    private static final int[] BLOCK_SIZES = {4096, 2048, 1024};

    final BlockDevice device;
    final Geometry geometry;
    final Checksum checksum;

    /** The bytes of the superblock that is right. */
    final byte[] superblock;

    /** Why the first superblock is not valid, or null when it is. */
    final @Nullable String firstIsBad;

    private final int sectorsPerBlock;

    private Volume(BlockDevice device, Geometry geometry, byte[] superblock, @Nullable String firstIsBad) {
        this.device = device;
        this.geometry = geometry;
        this.checksum = new Checksum(geometry.volumeId());
        this.superblock = superblock;
        this.firstIsBad = firstIsBad;
        this.sectorsPerBlock = geometry.sectorsPerBlock();
    }

    /** @throws ImageFormatException when neither superblock is valid: what is wrong with the first one */
    static Volume open(BlockDevice device) throws ImageFormatException {
        long deviceBytes = device.sectorCount() * Sector.BYTES;
        byte[] b = new byte[Format.SUPERBLOCK_BYTES];
        device.read(0, 1, b, 0);
        try {
            return new Volume(device, Superblock.decode(b, 0, deviceBytes, 0), b, null);
        } catch (ImageFormatException first) {
            for (int size : BLOCK_SIZES) {
                Volume found = backup(device, deviceBytes, size, first.what());
                if (found != null) {
                    return found;
                }
            }
            throw first;
        }
    }

    private static @Nullable Volume backup(BlockDevice device, long deviceBytes, int size, String firstIsBad) {
        long block = deviceBytes / size - 1;
        if (block < 1) {
            return null;
        }
        byte[] b = new byte[Format.SUPERBLOCK_BYTES];
        device.read(block * size / Sector.BYTES, 1, b, 0);
        try {
            Geometry geometry = Superblock.decode(b, 0, deviceBytes, block * size);
            boolean fits = geometry.blockSizeBytes() == size && geometry.backupBlock() == block;
            return fits ? new Volume(device, geometry, b, firstIsBad) : null;
        } catch (ImageFormatException e) {
            return null;
        }
    }

    /** Whether the backup is the same as the superblock. */
    boolean isBackupRight() {
        byte[] b = new byte[Format.SUPERBLOCK_BYTES];
        device.read((long) geometry.backupBlock() * sectorsPerBlock, 1, b, 0);
        return Arrays.equals(b, superblock);
    }

    int blockSize() {
        return geometry.blockSizeBytes();
    }

    byte[] block(int address) {
        byte[] b = new byte[blockSize()];
        read(address, 1, b, 0);
        return b;
    }

    void read(int first, int count, byte[] target, int at) {
        device.read((long) first * sectorsPerBlock, count * sectorsPerBlock, target, at);
    }

    boolean areInSegments(int first, long count) {
        return count > 0 && geometry.isInSegment(first) && first + count <= geometry.endOfSegments();
    }

    /** Whether the log may have been threaded through a segment, as a checkpoint or its usage table says. */
    boolean isThreaded(Checkpoint checkpoint, int segment) {
        int perBlock = geometry.usageEntriesPerBlock();
        int pointer = checkpoint.usageBlocks()[segment / perBlock];
        if (checkpoint.isThreaded() || pointer == 0) {
            return checkpoint.isThreaded();
        }
        byte[] b = block(pointer);
        int at = segment % perBlock * Format.USAGE_ENTRY_BYTES;
        return (s32(b, at + Format.USE_FLAGS) & Format.USAGE_THREADED) != 0;
    }

    /** Blocks that a file of so many bytes has at most. */
    long blocksOf(long sizeBytes) {
        return Math.ceilDiv(sizeBytes, (long) blockSize());
    }
}
