package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.E2fsprogs;
import org.junit.jupiter.api.Test;

/** Symbolic links, FIFOs, sockets, devices, times. */
class SpecialFilesTest {

    private static NewInode node(int mode, int device) {
        return new NewInode(mode, 7, 8, "", device);
    }

    @Test
    void specialFilesKeepTypeAndDeviceNumber() {
        Rig rig = new Rig(Rig.format());
        rig.fileSystem.create(rig.fileSystem.root(), "fifo", node(Mode.FIFO | 0600, 0));
        rig.fileSystem.create(rig.fileSystem.root(), "socket", node(Mode.SOCKET | 0600, 0));
        rig.fileSystem.create(rig.fileSystem.root(), "sda", node(Mode.BLOCK_DEVICE | 0600, 8 << 8));
        rig.fileSystem.create(rig.fileSystem.root(), "tty", node(Mode.CHARACTER_DEVICE | 0600, 4 << 8 | 64));
        rig.fileSystem.create(rig.fileSystem.root(), "large", node(Mode.BLOCK_DEVICE | 0600, 259 << 8 | 3));
        DiskImage image = rig.unmount();
        E2fsprogs.assertClean(image);
        String seen = E2fsprogs.debugfs(image, "stat /sda\nstat /large\nstat /fifo\n");
        assertTrue(seen.contains("Device major/minor number: 08:00"), seen);
        assertTrue(seen.contains("(New-style) Device major/minor number: 259:03"), seen);

        Rig again = new Rig(image);
        assertEquals(Mode.FIFO | 0600, again.process.lstat("/fifo").mode());
        assertEquals(Mode.SOCKET | 0600, again.process.lstat("/socket").mode());
        assertEquals(8 << 8, again.process.lstat("/sda").device());
        assertEquals(4 << 8 | 64, again.process.lstat("/tty").device());
        assertEquals(259 << 8 | 3, again.process.lstat("/large").device());
        assertEquals(7, again.process.lstat("/tty").uid());
    }

    @Test
    void symbolicLinksOfAllLengthsReadBack() {
        for (int length : new int[] {1, 58, 59, 60, 61, 500, 1023}) {
            Rig rig = new Rig(Rig.format());
            String target = "t".repeat(length);
            rig.process.symlink(target, "/link");
            assertEquals(length < 60 ? 0 : 2, rig.process.lstat("/link").blocks512());
            DiskImage image = rig.unmount();
            E2fsprogs.assertClean(image);
            assertEquals(target, new Rig(image).process.readlink("/link"));
        }
    }

    @Test
    void aTargetLongerThanABlockIsRefused() {
        Rig rig = new Rig(Rig.format());
        assertEquals(Errno.ENAMETOOLONG, Rig.errnoOf(() -> rig.process.symlink("t".repeat(1024), "/link")));
    }

    @Test
    void removedSymbolicLinksGiveTheirBlockBack() {
        Rig rig = new Rig(Rig.format());
        long before = rig.process.statfs("/").freeBlocks();
        rig.process.symlink("t".repeat(300), "/slow");
        rig.process.symlink("t", "/fast");
        rig.process.unlink("/slow");
        rig.process.unlink("/fast");
        assertEquals(before, rig.process.statfs("/").freeBlocks());
        E2fsprogs.assertClean(rig.unmount());
    }

    @Test
    void largeInodesKeepNanosecondsAndSmallOnesSeconds() {
        for (int size : new int[] {128, 256, 512, 1024}) {
            Rig rig = new Rig(Rig.format(8 * Rig.MIB, options -> options.withInodeSize(size)));
            rig.write("/file", new byte[1]);
            rig.process.utimens("/file", 1_000_000_000_123_456_789L, -5_000_000_001L);
            long accessed = rig.process.stat("/file").accessedNanos();
            long modified = rig.process.stat("/file").modifiedNanos();
            assertEquals(size > 128 ? 1_000_000_000_123_456_789L : 1_000_000_000_000_000_000L, accessed);
            assertEquals(size > 128 ? -5_000_000_001L : -6_000_000_000L, modified);
            Rig again = new Rig(rig.unmount());
            assertEquals(accessed, again.process.stat("/file").accessedNanos());
            assertEquals(modified, again.process.stat("/file").modifiedNanos());
        }
    }

    /** relatime: besides what is older than the last change, what is a day old. */
    @Test
    void anAccessTimeIsWrittenOnceADay() {
        Rig rig = new Rig(Rig.format());
        rig.write("/file", new byte[1]);
        rig.kernel.world().clock().charge(2_000_000_000L);
        rig.read("/file", 0, 1);
        long first = rig.process.stat("/file").accessedNanos();
        rig.kernel.world().clock().charge(86_000_000_000_000L);
        rig.read("/file", 0, 1);
        assertEquals(first, rig.process.stat("/file").accessedNanos());
        rig.kernel.world().clock().charge(400_000_000_000L);
        rig.read("/file", 0, 1);
        assertTrue(rig.process.stat("/file").accessedNanos() - first >= 86_400_000_000_000L);
    }

    @Test
    void aTimeBeyondTheRecordIsKeptAsTheLastOneThatFits() {
        Rig rig = new Rig(Rig.format());
        rig.write("/file", new byte[1]);
        rig.process.utimens("/file", 0, 5_000_000_000_000_000_000L);
        assertEquals(
                Integer.MAX_VALUE * 1_000_000_000L, rig.process.stat("/file").modifiedNanos());
    }

    @Test
    void anInodeThatIsUsedAgainHasAnotherGeneration() {
        Rig rig = new Rig(Rig.format());
        rig.write("/one", new byte[1]);
        long number = rig.inode("one").number();
        long generation = rig.inode("one").generation();
        rig.process.unlink("/one");
        rig.process.sync();
        rig.write("/two", new byte[1]);
        assertEquals(number, rig.inode("two").number());
        assertTrue(rig.inode("two").generation() != generation);
    }
}
