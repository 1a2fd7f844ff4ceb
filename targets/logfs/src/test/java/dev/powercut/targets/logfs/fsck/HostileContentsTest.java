package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.fs.LogfsType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every word of inode records, operation records, directories, extents and tables takes extreme values, under checksums that are right: where fsck
 * sees no damage, the image is mounted, and all is read in it; where it does, it mends it. With a log behind the checkpoint, and without.
 */
class HostileContentsTest {

    /** Each so-manieth image is tried; all of them with {@code -Dpowercut.logfs.contents=1}. */
    private static final int EVERY = Integer.getInteger("powercut.logfs.contents", 5);

    private static final int SIZE = 1024;
    private static final int INODES = 120;

    /** A volume with some of everything; then operations of all kinds, of which the log knows, and no checkpoint. */
    private static byte[] volume(boolean log) {
        World world = World.withOneTask(Choices.zero());
        DiskImage blank = new LogfsTarget().format(new FormatRequest(512 << 10, SIZE, "segment=8K,inodes=" + INODES));
        SimulatedDisk disk = SimulatedDisk.unlogged(world, blank);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), new KernelOptions(16, 64, false));
        kernel.mountRoot(new LogfsType(), disk, false, "noatime");
        Process process = kernel.process(0, 0);
        for (String name : List.of("a", "b", "d", "d/e", "d/e/f", "g")) {
            if (name.endsWith("a") || name.endsWith("b") || name.endsWith("f")) {
                write(process, "/" + name, 0, 2500);
            } else {
                process.mkdir("/" + name, 0755);
            }
        }
        process.symlink("to a place", "/short");
        process.symlink("x".repeat(300), "/long");
        for (int i = 0; i < 12; i++) {
            write(process, "/sparse", i * 5000L, 700);
        }
        process.sync();
        if (log) {
            process.link("/a", "/d/again");
            process.rename("/b", "/a");
            process.rename("/d/e", "/g/e");
            process.unlink("/long");
            process.mkdir("/g/new", 0700);
            sync(process, "/d/again");
            write(process, "/g/new/file", 100, 3000);
            sync(process, "/g/new/file");
            process.unlink("/short");
            process.mkdir("/gone", 0700);
            process.rmdir("/gone");
            write(process, "/sparse", 2500, 900);
            sync(process, "/sparse");
        }
        DiskImage image = disk.image();
        byte[] bytes = new byte[512 << 10];
        image.read(0, bytes.length / 512, bytes, 0);
        return bytes;
    }

    private static void write(Process process, String path, long offset, int length) {
        int fd = process.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
        process.pwrite(fd, new byte[length], 0, length, offset);
        process.close(fd);
    }

    private static void sync(Process process, String path) {
        int fd = process.open(path, OpenFlags.O_RDONLY, 0);
        process.fsync(fd);
        process.close(fd);
    }

    /** Bytes at which a word of 32 bits may have a meaning: all that are not zero, and those that records have fields in. */
    private static List<Integer> words(Volume volume, byte[] bytes) {
        List<Integer> words = new ArrayList<>();
        for (int segment = 0; segment < volume.geometry.segmentCount(); segment++) {
            for (PartialWrite write : SegmentReading.of(volume, segment)) {
                for (int i = 0; i < write.count(); i++) {
                    int block = (write.address() + 1 + i) * SIZE;
                    int kind = write.kind(i);
                    for (int at = block; kind != Format.KIND_DATA && at < block + SIZE; at += 4) {
                        boolean isField = kind == Format.KIND_INODES
                                && s32(bytes, at & -Format.INODE_BYTES) != 0
                                && at % Format.INODE_BYTES < Format.INO_AREA;
                        if (isField || s32(bytes, at) != 0) {
                            words.add(at);
                        }
                    }
                }
            }
        }
        return words;
    }

    private static int[] extremes(int now) {
        return new int[] {0, 1, -1, now + 1, now - 1, now ^ 2, ~now, Integer.MAX_VALUE, Integer.MIN_VALUE, INODES, 255};
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNotCalledDamagedIsReadAndTheRestIsMended(boolean log) throws Exception {
        byte[] sound = volume(log);
        Volume volume = Volume.open(ImageBuilder.disk(DiskImage.of(sound)));
        assertEquals(log, new RollForward(volume, newest(volume)).groups > 2);
        int count = 0;
        int called = 0;
        for (int word : words(volume, sound)) {
            for (int value : extremes(s32(sound, word))) {
                if (count++ % EVERY == 0) {
                    byte[] bytes = sound.clone();
                    put32(bytes, word, value);
                    FuzzedImage.seal(volume.geometry, bytes, word / SIZE);
                    String where = "byte " + word % SIZE + " of block " + word / SIZE + " is " + value;
                    called += survives(DiskImage.of(bytes), where) ? 1 : 0;
                }
            }
        }
        assertTrue(count > 4_000, "images " + count);
        assertTrue(called > 10, "not damaged: " + called);
    }

    private static dev.powercut.targets.logfs.format.Checkpoint newest(Volume volume) {
        var newest = new Checkpoints(volume).newest();
        assertNotNull(newest);
        return newest;
    }

    private static boolean survives(DiskImage image, String where) {
        try {
            boolean sound = FsckCheckFuzzTest.check(image);
            FsckRepairFuzzTest.check(image);
            return sound;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(where, e);
        }
    }
}
