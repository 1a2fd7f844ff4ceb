package dev.powercut.kernel.vfs;

import static dev.powercut.kernel.vfs.OpenFlags.O_CREAT;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDWR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Sandbox;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MemoryPressureTest {

    private static Sandbox withPages(int pageLimit) {
        return new Sandbox(new KernelOptions(pageLimit, 64, false), Choices.zero(), 1 << 20, "");
    }

    @Test
    void cleanPagesGoFirstLongestUnusedOnes() {
        Sandbox box = withPages(4);
        int fd = box.root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        box.root.write(fd, new byte[4096 * 4], 0, 4096 * 4);
        box.root.fsync(fd);
        byte[] buffer = new byte[1];
        box.root.pread(fd, buffer, 0, 1, 0);
        box.fileSystem.takeCalls();
        box.root.pwrite(fd, buffer, 0, 1, 4096 * 4);
        long number = box.root.fstat(fd).inodeNumber();
        box.root.pread(fd, buffer, 0, 1, 0);
        box.root.pread(fd, buffer, 0, 1, 4096 * 2);
        assertFalse(box.fileSystem.takeCalls().toString().contains("Page"), "neither written nor read again");
        box.root.pread(fd, buffer, 0, 1, 4096);
        assertEquals("readPage " + number + " 1", box.fileSystem.takeCalls().getFirst());
    }

    @Test
    void dirtyPagesAreWrittenWhenNoneIsClean() {
        Sandbox box = withPages(4);
        int fd = box.root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        long number = box.root.fstat(fd).inodeNumber();
        byte[] page = new byte[4096];
        page[0] = 1;
        box.fileSystem.takeCalls();
        for (int i = 0; i < 5; i++) {
            box.root.write(fd, page, 0, 4096);
        }
        assertTrue(box.fileSystem.takeCalls().contains("writePages " + number + " Eviction"));
        assertEquals(
                4096 * 5,
                Sandbox.readAll(box.root, box.root.open("/f", O_RDWR, 0)).length());
    }

    @Test
    void sizeCountsFromTheFirstPageWrittenNotTheLast() {
        // One write larger than all memory: what is evicted in the middle must be within the file's size.
        Sandbox box = withPages(2);
        int fd = box.root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        byte[] data = new byte[4096 * 9];
        java.util.Arrays.fill(data, (byte) 5);
        assertEquals(data.length, box.root.write(fd, data, 0, data.length));
        byte[] back = new byte[data.length];
        assertEquals(data.length, box.root.pread(fd, back, 0, back.length, 0));
        org.junit.jupiter.api.Assertions.assertArrayEquals(data, back);
    }

    @Test
    void unusedInodesAreEvictedAndComeBack() {
        Sandbox box = withPages(4096);
        box.root.mkdir("/d", 0x1ED);
        box.root.chdir("/d");
        for (int i = 0; i < 600; i++) {
            box.write("f" + i, "file " + i);
        }
        int inMemory = 0;
        for (long number = 4; number < 604; number++) {
            inMemory += box.fileSystem.isInMemory(number) ? 1 : 0;
        }
        assertTrue(inMemory <= 256, () -> "too many inodes stay in memory");
        assertTrue(box.fileSystem.isInMemory(3), "the working directory stays");
        for (int i = 0; i < 600; i += 7) {
            assertEquals("file " + i, box.read("/d/f" + i));
        }
        assertEquals("/d", box.root.getcwd());
    }

    @Test
    void openFilesAndParentsOfDirectoriesInUseAreNotEvicted() {
        Sandbox box = withPages(64);
        box.root.mkdir("/a", 0x1ED);
        box.root.mkdir("/a/b", 0x1ED);
        box.root.chdir("/a/b");
        int fd = box.root.open("/open", O_RDWR | O_CREAT, 0x1A4);
        Sandbox.writeAll(box.root, fd, "x");
        for (int i = 0; i < 600; i++) {
            box.write("/f" + i, "");
        }
        assertEquals("/a/b", box.root.getcwd());
        assertEquals(box.root.stat("/a").inodeNumber(), box.root.stat("..").inodeNumber());
        assertEquals(1, box.root.lseek(fd, 0, 1));
        assertEquals("x", box.read("/open"));
    }

    @Test
    void writeBackComesAtMomentsThatTheChoicesPick() {
        TreeSet<String> seen = new TreeSet<>();
        List<Integer> first = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            Sandbox box = new Sandbox(new KernelOptions(64, 64, true), Choices.seeded(seed), 1000, "");
            int fd = box.root.open("/f", O_RDWR | O_CREAT, 0x1A4);
            int firstWrite = 0;
            for (int i = 0; i < 40; i++) {
                box.root.write(fd, new byte[5000], 0, 5000);
                for (String call : box.fileSystem.takeCalls()) {
                    seen.add(call.split(" ")[0] + (call.endsWith("WriteBack") ? " WriteBack" : ""));
                    firstWrite = firstWrite == 0 && call.endsWith("WriteBack") ? i : firstWrite;
                }
            }
            first.add(firstWrite);
        }
        assertTrue(
                seen.containsAll(List.of("writePages WriteBack", "writeBackSome", "syncAll WriteBack")),
                seen::toString);
        assertTrue(new TreeSet<>(first).size() > 5, first::toString);
    }

    @Test
    void dullChoicesWriteNothingBack() {
        Sandbox box = new Sandbox(new KernelOptions(64, 64, true), Choices.zero(), 1000, "");
        for (int i = 0; i < 100; i++) {
            box.write("/f" + i % 7, "x");
        }
        assertFalse(box.fileSystem.takeCalls().toString().contains("write"));
    }

    @Test
    void sameChoicesGiveTheSameTrace() {
        long[] hashes = new long[2];
        for (int run = 0; run < 2; run++) {
            Sandbox box = new Sandbox(new KernelOptions(8, 64, true), Choices.seeded(5), 1000, "");
            for (int i = 0; i < 50; i++) {
                box.write("/f" + i % 7, "x".repeat(i * 100));
            }
            box.root.sync();
            hashes[run] = box.world.trace().hash() ^ box.fileSystem.takeCalls().hashCode();
        }
        assertEquals(hashes[0], hashes[1]);
    }
}
