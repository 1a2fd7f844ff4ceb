package dev.powercut.kernel.vfs;

import static dev.powercut.kernel.Sandbox.assertFails;
import static dev.powercut.kernel.vfs.OpenFlags.O_CREAT;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDONLY;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDWR;
import static dev.powercut.kernel.vfs.OpenFlags.O_TRUNC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.MemoryFileSystem;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.Sandbox;
import dev.powercut.sim.Choices;
import org.junit.jupiter.api.Test;

class MountsTest {

    private final Sandbox box = new Sandbox();
    private final Process root = box.root;

    private MemoryFileSystem mountAt(String path, boolean readOnly) {
        return (MemoryFileSystem) box.kernel.mount(path, new MemoryFileSystem.Type(1000), box.disk(), readOnly, "");
    }

    @Test
    void mountCoversADirectoryUntilItIsUnmounted() {
        root.mkdir("/m", 0x1ED);
        box.write("/m/below", "below");
        MemoryFileSystem other = mountAt("/m", false);
        assertFails(Errno.ENOENT, () -> root.stat("/m/below"));
        box.write("/m/f", "above");
        assertEquals(1, other.statistics().blockCount() - other.statistics().freeBlocks());
        assertEquals(root.stat("/").inodeNumber(), root.stat("/m/..").inodeNumber());
        root.chdir("/m");
        assertEquals("/m", root.getcwd());
        assertEquals("above", box.read("../m/f"));
        assertFails(Errno.EBUSY, () -> box.kernel.unmount("/m"));
        root.chdir("..");
        assertEquals("/", root.getcwd());
        int fd = root.open("/m/f", O_RDONLY, 0);
        assertFails(Errno.EBUSY, () -> box.kernel.unmount("/m"));
        root.close(fd);
        box.kernel.unmount("/m");
        assertFalse(other.isMounted());
        assertEquals(1, other.blocksUsed(), "pages were written first");
        assertEquals("below", box.read("/m/below"));
    }

    @Test
    void mountsOnMountsAreLeftUpwardsOneByOne() {
        root.mkdir("/m", 0x1ED);
        mountAt("/m", false);
        mountAt("/m", false);
        root.mkdir("/m/n", 0x1ED);
        mountAt("/m/n", false);
        assertFails(Errno.EBUSY, () -> box.kernel.unmount("/m"));
        assertEquals(root.stat("/").inodeNumber(), root.stat("/m/n/../..").inodeNumber());
        box.kernel.unmount("/m/n");
        box.kernel.unmount("/m");
        assertFails(Errno.ENOENT, () -> root.stat("/m/n"));
        box.kernel.unmount("/m");
        assertFails(Errno.EINVAL, () -> box.kernel.unmount("/m"));
    }

    @Test
    void mountNeedsADirectory() {
        box.write("/f", "");
        assertFails(Errno.ENOTDIR, () -> mountAt("/f", false));
        assertFails(Errno.ENOENT, () -> mountAt("/x", false));
        assertFails(Errno.EBUSY, () -> box.kernel.mountRoot(new MemoryFileSystem.Type(1), box.disk(), false, ""));
    }

    @Test
    void mountPointsStayWhereTheyAre() {
        root.mkdir("/m", 0x1ED);
        root.mkdir("/d", 0x1ED);
        mountAt("/m", false);
        assertFails(Errno.EBUSY, () -> root.rmdir("/m"));
        assertFails(Errno.EBUSY, () -> root.rename("/m", "/n"));
        assertFails(Errno.EBUSY, () -> root.rename("/d", "/m"));
    }

    @Test
    void namesDoNotCrossMounts() {
        root.mkdir("/m", 0x1ED);
        mountAt("/m", false);
        box.write("/f", "");
        assertFails(Errno.EXDEV, () -> root.rename("/f", "/m/f"));
        assertFails(Errno.EXDEV, () -> root.link("/f", "/m/f"));
    }

    @Test
    void readOnlyMountRefusesEveryChange() {
        root.mkdir("/m", 0x1ED);
        MemoryFileSystem source = mountAt("/m", true);
        Inode file = source.create(source.root(), "f", new NewInode(0x81FF, 0, 0, "", 0));
        source.create(source.root(), "d", new NewInode(0x41FF, 0, 0, "", 0));
        root.open("/m/f", O_RDONLY, 0);
        root.open("/m/f", O_CREAT, 0);
        assertFails(Errno.EROFS, () -> root.open("/m/f", O_RDWR, 0));
        assertFails(Errno.EROFS, () -> root.open("/m/f", O_TRUNC, 0));
        assertFails(Errno.EROFS, () -> root.creat("/m/g", 0));
        assertFails(Errno.EROFS, () -> root.mkdir("/m/g", 0));
        assertFails(Errno.EEXIST, () -> root.mkdir("/m/d", 0));
        assertFails(Errno.EROFS, () -> root.rmdir("/m/d"));
        assertFails(Errno.EROFS, () -> root.unlink("/m/f"));
        assertFails(Errno.EROFS, () -> root.link("/m/f", "/m/g"));
        assertFails(Errno.EROFS, () -> root.symlink("x", "/m/g"));
        assertFails(Errno.EROFS, () -> root.rename("/m/f", "/m/g"));
        assertFails(Errno.EROFS, () -> root.chmod("/m/f", 0));
        assertFails(Errno.EROFS, () -> root.chown("/m/f", 1, 1));
        assertFails(Errno.EROFS, () -> root.utimens("/m/f", 1, 1));
        assertFails(Errno.EROFS, () -> root.truncate("/m/f", 0));
        long accessed = file.accessedNanos();
        box.world.clock().charge(100_000_000_000_000L);
        box.read("/m/f");
        assertEquals(accessed, file.accessedNanos());
        source.takeCalls();
        root.fsync(root.open("/m/f", O_RDONLY, 0));
        root.sync();
        assertFalse(source.takeCalls().toString().contains("sync"));
    }

    @Test
    void mountOptionsOfTheKernelDecideOnAccessTimes() {
        for (String options : new String[] {"noatime", "strictatime", "relatime,rw"}) {
            Sandbox with = new Sandbox(new KernelOptions(64, 64, false), Choices.zero(), 100, options);
            with.write("/f", "x");
            long made = with.root.stat("/f").accessedNanos();
            with.world.clock().charge(1_000_000_000);
            with.read("/f");
            long first = with.root.stat("/f").accessedNanos();
            with.world.clock().charge(1_000_000_000);
            with.read("/f");
            long second = with.root.stat("/f").accessedNanos();
            assertEquals(options.equals("noatime"), made == first, options);
            assertEquals(!options.equals("strictatime"), first == second, options);
        }
        assertTrue(MountOptions.parse("ro,x=1,noatime,y", false).readOnly());
        assertEquals("x=1,y", MountOptions.parse("ro,x=1,noatime,y", false).others());
    }

    @Test
    void unmountingTheRootShutsDown() {
        root.mkdir("/d", 0x1ED);
        root.chdir("/d");
        root.rmdir("/d");
        box.write("/f", "data");
        long file = root.stat("/f").inodeNumber();
        int fd = root.open("/f", O_RDONLY, 0);
        assertFails(Errno.EBUSY, () -> box.kernel.unmount("/"));
        root.close(fd);
        box.kernel.unmount("/");
        assertFalse(box.fileSystem.isMounted());
        assertNotEquals(null, box.fileSystem.peekBlock(file, 0));
        assertEquals(0, box.fileSystem.blocksReserved());
        assertFails(Errno.ESRCH, () -> root.stat("/"));
        assertFalse(box.fileSystem.exists(3), "the removed working directory was let go");
    }
}
