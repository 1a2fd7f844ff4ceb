package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power fails while holes are punched, filled and allocated: no part of a file shows what it never held, and what was synced is there. */
class PunchingCrashTest {

    private static final int FILES = 2;
    private static final int SECTORS = 600;
    private static final int OPERATIONS = 70;

    /** What a file held while the log grew from one size to another, and had been synced. */
    private record Synced(int file, int[] generations, int from, int to) {}

    private final Random random = new Random(7);
    private final int[][] generations = new int[FILES][SECTORS];
    private final int[] syncedAt = {-1, -1};
    private final List<Synced> promises = new ArrayList<>();
    private int generation;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void eachSectorIsAsItOnceWasAndWhatWasSyncedIsThere(long seed) {
        random.setSeed(seed);
        int blockSize = seed % 2 == 0 ? 1024 : 4096;
        DiskImage image = Rig.format(8 * Rig.MIB, options -> options.withBlockSize(blockSize));
        Rig rig = new Rig(image, KernelOptions.DEFAULT, Choices.seeded(seed), new Ext2Type());
        for (int file = 0; file < FILES; file++) {
            rig.process.close(rig.process.creat("/" + file, 0644));
        }
        rig.process.sync();
        int first = rig.log.size();
        for (int i = 0; i < OPERATIONS; i++) {
            operate(rig, random.nextInt(FILES));
        }
        rig.unmount();
        DiskImage state = rig.log.base();
        for (int i = 0; i < rig.log.size(); i++) {
            LogEntry entry = rig.log.get(i);
            state = WriteLog.apply(state, entry);
            if (i >= first && entry instanceof LogEntry.Write) {
                judge(state, i + 1);
            }
        }
    }

    private void operate(Rig rig, int file) {
        int fd = rig.process.open("/" + file, OpenFlags.O_RDWR, 0);
        int from = random.nextInt(SECTORS);
        int count = 1 + random.nextInt(Math.min(SECTORS - from, random.nextInt(4) == 0 ? SECTORS : 40));
        int[] held = generations[file].clone();
        int before = rig.log.size();
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                Arrays.fill(generations[file], from, from + count, ++generation);
                byte[] bytes = stamps(file, from, generations[file], count);
                rig.process.pwrite(fd, bytes, 0, bytes.length, (long) from * Sector.BYTES);
            }
            case 2, 3 -> {
                Arrays.fill(generations[file], from, from + count, 0);
                rig.process.fallocate(fd, 3, (long) from * Sector.BYTES, (long) count * Sector.BYTES);
            }
            case 4 -> rig.process.fallocate(fd, 0, (long) from * Sector.BYTES, (long) count * Sector.BYTES);
            default -> {
                rig.process.fsync(fd);
                if (syncedAt[file] < 0) {
                    syncedAt[file] = rig.log.size();
                }
                rig.process.close(fd);
                return;
            }
        }
        if (syncedAt[file] >= 0) {
            promises.add(new Synced(file, held, syncedAt[file], before));
            syncedAt[file] = -1;
        }
        rig.process.close(fd);
    }

    private static byte[] stamps(int file, int from, int[] generations, int count) {
        byte[] bytes = new byte[count * Sector.BYTES];
        for (int i = 0; i < count; i++) {
            stamp(bytes, i * Sector.BYTES, file, from + i, generations[from + i]);
        }
        return bytes;
    }

    private static void stamp(byte[] bytes, int at, int file, int sector, int generation) {
        for (int i = 0; generation != 0 && i < Sector.BYTES; i += 4) {
            bytes[at + i] = (byte) (file + 1);
            bytes[at + i + 1] = (byte) sector;
            bytes[at + i + 2] = (byte) (sector >> 8);
            bytes[at + i + 3] = (byte) generation;
        }
    }

    private void judge(DiskImage state, int position) {
        // The mount recovers, which it only does from benign damage.
        Rig recovered = new Rig(state);
        byte[] expected = new byte[Sector.BYTES];
        for (int file = 0; file < FILES; file++) {
            byte[] found = recovered.read("/" + file);
            for (int at = 0; at + Sector.BYTES <= found.length; at += Sector.BYTES) {
                int held = found[at + 3] & 0xFF;
                assertTrue(held <= generation, "a generation that never was");
                Arrays.fill(expected, (byte) 0);
                stamp(expected, 0, file, at / Sector.BYTES, held);
                assertEquals(
                        -1,
                        Arrays.mismatch(expected, Arrays.copyOfRange(found, at, at + Sector.BYTES)),
                        "file " + file + ", sector " + at / Sector.BYTES + ", after " + position);
            }
            for (Synced promise : promises) {
                if (promise.file == file && promise.from <= position && position <= promise.to) {
                    byte[] kept = stamps(file, 0, promise.generations, SECTORS);
                    assertEquals(
                            -1,
                            Arrays.mismatch(Arrays.copyOf(found, kept.length), kept),
                            "file " + file + " synced at " + promise.from + ", cut after " + position);
                }
            }
        }
        recovered.kernel.unmount("/");
    }
}
