package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * An image out of the bytes of a fuzzer. The first byte says how:
 *
 * <ul>
 *   <li>0 to 2: one of three sound volumes, with patches: a place in its metadata (32 bits), a length (8 bits, 1 to 16), bytes;
 *   <li>all else: a device of so many sectors (16 bits), zero but for some: sector number (16 bits), 512 bytes.
 * </ul>
 */
public final class FuzzedImage {

    private static final SmallVolume[] VOLUMES = {
        SmallVolume.of(128, MkfsOptions.defaults()),
        SmallVolume.of(300, MkfsOptions.defaults().withInodeSize(256).withResizeInode(true)),
        SmallVolume.of(64, MkfsOptions.defaults().withBlockSize(4096).withInodeSize(256)),
    };

    private FuzzedImage() {}

    /** The image that an input stands for. */
    public static DiskImage of(byte[] input) {
        if (input.length == 0) {
            return DiskImage.blank(1);
        }
        int which = input[0] & 0xFF;
        return which < VOLUMES.length ? patched(which, input) : sparse(input);
    }

    private static DiskImage patched(int which, byte[] input) {
        DiskImage image = VOLUMES[which].image();
        int[] metadata = VOLUMES[which].metadata();
        byte[] sector = new byte[Sector.BYTES];
        for (int at = 1; at + 6 <= input.length; ) {
            int place = metadata[(int) Math.floorMod(LittleEndian.u32(input, at), (long) metadata.length)];
            int length = Math.min((input[at + 4] & 15) + 1, input.length - at - 5);
            length = Math.min(length, Sector.BYTES - place % Sector.BYTES);
            image.sector(place / Sector.BYTES).copyTo(sector, 0);
            System.arraycopy(input, at + 5, sector, place % Sector.BYTES, length);
            image = image.with(place / Sector.BYTES, Sector.copyOf(sector, 0));
            at += 5 + length;
        }
        return image;
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

    /** The input of the second form that gives an image. */
    static byte[] inputFor(DiskImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0xFF);
        bytes.write((int) image.sectorCount());
        bytes.write((int) image.sectorCount() >> 8);
        byte[] sector = new byte[Sector.BYTES];
        image.forEachNonZero((number, contents) -> {
            bytes.write((int) number);
            bytes.write((int) number >> 8);
            contents.copyTo(sector, 0);
            bytes.writeBytes(sector);
        });
        return bytes.toByteArray();
    }
}
