package dev.powercut.targets.logfs.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import java.util.Arrays;

/**
 * An image out of the bytes of a fuzzer. The first byte says how:
 *
 * <ul>
 *   <li>0 to 3: one of two sound volumes, without or with a log behind the checkpoint, with patches: a place in its metadata (32 bits), a
 *       length (8 bits, 1 to 16), bytes. Of what is patched, checksums are made right again when the length's top bit is clear, so that what
 *       is behind them is reached;
 *   <li>all else: a device of so many sectors (16 bits), zero but for some: sector number (16 bits), 512 bytes.
 * </ul>
 */
public final class FuzzedImage {

    private static final ImageBuilder[] VOLUMES = {
        volume(1024, 16, false), volume(1024, 16, true), volume(4096, 8, false), volume(4096, 8, true)
    };

    private FuzzedImage() {}

    private static ImageBuilder volume(int blockSize, int segmentBlocks, boolean log) {
        ImageBuilder b = ImageBuilder.populated(
                640L * blockSize,
                FsckCleanTest.options(blockSize, segmentBlocks).withInodeCount(300));
        if (log) {
            int directory = b.directory(1, "behind");
            int file = b.file(directory, "file", 3, 1);
            b.operation(Format.OP_CREATE, 4, directory, 2, 0, "", 1, "behind", 0, 0);
            b.group();
            b.link(1, "again", file);
            b.operation(Format.OP_LINK, 8, file, 2, 0, "", 1, "again", 0, 0);
            b.clean(1);
            b.clean(file);
            b.group();
        }
        return b;
    }

    /** The image that an input stands for. */
    public static DiskImage of(byte[] input) {
        if (input.length == 0) {
            return DiskImage.blank(1);
        }
        int which = input[0] & 0xFF;
        return which < VOLUMES.length ? patched(VOLUMES[which], input) : sparse(input);
    }

    private static DiskImage patched(ImageBuilder volume, byte[] input) {
        byte[] image = volume.bytes().clone();
        int size = volume.g.blockSizeBytes();
        for (int at = 1; at + 6 <= input.length; ) {
            int place = (int) Math.floorMod(LittleEndian.u32(input, at), (long) image.length);
            int length = Math.min((input[at + 4] & 15) + 1, Math.min(input.length - at - 5, image.length - place));
            System.arraycopy(input, at + 5, image, place, length);
            if (input[at + 4] >= 0) {
                seal(volume.g, image, place / size);
            }
            at += 5 + length;
        }
        return DiskImage.of(image);
    }

    /** Makes checksums right around a block: of the superblock, a checkpoint, a summary, or the payload that the block is part of. */
    public static void seal(Geometry g, byte[] b, int block) {
        int size = g.blockSizeBytes();
        Checksum checksum = new Checksum(g.volumeId());
        if (block == 0 || block == g.backupBlock()) {
            checksum(checksum, b, block * size, Format.SUPERBLOCK_BYTES, Format.SB_CHECKSUM);
        } else if (block == g.checkpointA() || block == g.checkpointB()) {
            int at = block * size;
            int length = Math.clamp(
                    g.checkpointBytes(Math.clamp(LittleEndian.s32(b, at + Format.CP_MAP_COUNT), 0, g.maxMapBlocks())),
                    Format.CP_POINTERS,
                    g.checkpointBlocks() * size);
            checksum(checksum, b, at, length, Format.CP_CHECKSUM);
        } else if (g.isInSegment(block)) {
            int first = g.segmentStart(g.segmentOf(block));
            for (int summary = block; summary >= first; summary--) {
                int at = summary * size;
                int count = LittleEndian.s32(b, at + Format.SUM_COUNT);
                if (LittleEndian.s32(b, at + Format.SUM_MAGIC) == Format.SUMMARY_MAGIC
                        && count >= 0
                        && summary + 1L + count <= first + g.segmentBlocks()) {
                    LittleEndian.put32(b, at + Format.SUM_PAYLOAD_CHECKSUM, checksum.of(b, at + size, count * size));
                    checksum(checksum, b, at, size, Format.SUM_CHECKSUM);
                    return;
                }
            }
        }
    }

    private static void checksum(Checksum checksum, byte[] b, int at, int length, int field) {
        LittleEndian.put32(b, at + field, checksum.ofRecord(b, at, length, at + field));
    }

    private static DiskImage sparse(byte[] input) {
        int sectors = input.length < 3 ? 1 : Math.max(1, LittleEndian.u16(input, 1));
        DiskImage image = DiskImage.blank(sectors);
        for (int at = 3; at + 2 < input.length; at += 2 + Sector.BYTES) {
            byte[] bytes = Arrays.copyOfRange(input, at + 2, at + 2 + Sector.BYTES);
            image = image.with(LittleEndian.u16(input, at) % sectors, Sector.copyOf(bytes, 0));
        }
        return image;
    }
}
