package dev.powercut.kernel.vfs;

import static dev.powercut.kernel.Sandbox.assertFails;
import static dev.powercut.kernel.vfs.OpenFlags.O_CREAT;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDONLY;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDWR;
import static dev.powercut.kernel.vfs.OpenFlags.O_TRUNC;
import static dev.powercut.kernel.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private static final int ALICE = 1000;
    private static final int BOB = 1001;
    private static final int STAFF = 50;

    private final Sandbox box = new Sandbox();
    private final Process root = box.root;
    private final Process alice = box.kernel.process(ALICE, STAFF);
    private final Process bob = box.kernel.process(BOB, STAFF);
    private final Process carol = box.kernel.process(1002, 51);

    @BeforeEach
    void home() {
        root.mkdir("/home", 0);
        root.chmod("/home", 0x1FF);
    }

    private void file(Process owner, String path, int mode) {
        owner.close(owner.creat(path, 0x180));
        owner.chmod(path, mode);
    }

    @Test
    void firstClassThatMatchesDecides() {
        file(alice, "/home/f", 0b000_110_100);
        assertFails(Errno.EACCES, () -> alice.open("/home/f", O_RDONLY, 0));
        bob.close(bob.open("/home/f", O_RDWR, 0));
        carol.close(carol.open("/home/f", O_RDONLY, 0));
        assertFails(Errno.EACCES, () -> carol.open("/home/f", O_WRONLY, 0));
        assertFails(Errno.EACCES, () -> carol.open("/home/f", O_RDONLY | O_TRUNC, 0));
        assertFails(Errno.EACCES, () -> carol.truncate("/home/f", 0));
        root.close(root.open("/home/f", O_RDWR, 0));
    }

    @Test
    void changingEntriesNeedsWriteAndSearchOfTheDirectory() {
        alice.mkdir("/home/d", 0x1ED);
        file(alice, "/home/d/f", 0x1FF);
        assertFails(Errno.EACCES, () -> bob.creat("/home/d/g", 0x1FF));
        assertFails(Errno.EACCES, () -> bob.mkdir("/home/d/g", 0x1FF));
        assertFails(Errno.EACCES, () -> bob.unlink("/home/d/f"));
        assertFails(Errno.EACCES, () -> bob.rename("/home/d/f", "/home/f"));
        assertFails(Errno.EACCES, () -> bob.link("/home/d/f", "/home/d/g"));
        assertFails(Errno.EACCES, () -> bob.symlink("x", "/home/d/g"));
        bob.close(bob.open("/home/d/f", O_CREAT | O_RDWR, 0));
        alice.chmod("/home/d", 0b111_110_111);
        assertFails(Errno.EACCES, () -> bob.unlink("/home/d/f"));
        carol.unlink("/home/d/f");
    }

    @Test
    void movingADirectoryElsewhereNeedsToWriteItself() {
        alice.mkdir("/home/a", 0x1FF);
        alice.chmod("/home/a", 0x1FF);
        alice.mkdir("/home/a/d", 0x1ED);
        assertFails(Errno.EACCES, () -> bob.rename("/home/a/d", "/home/d"));
        bob.rename("/home/a/d", "/home/a/e");
        alice.rename("/home/a/e", "/home/d");
    }

    @Test
    void stickyDirectoryLetsOnlyOwnersRemove() {
        root.chmod("/home", 0x3FF);
        file(alice, "/home/f", 0x1FF);
        file(bob, "/home/g", 0x1FF);
        assertFails(Errno.EPERM, () -> bob.unlink("/home/f"));
        assertFails(Errno.EPERM, () -> bob.rename("/home/f", "/home/h"));
        assertFails(Errno.EPERM, () -> bob.rename("/home/g", "/home/f"));
        alice.unlink("/home/f");
        root.chown("/home", 1002, -1);
        carol.unlink("/home/g");
    }

    @Test
    void umaskTakesPermissionsAway() {
        assertEquals(0x12, alice.umask(0x3F));
        file(alice, "/home/f", 0x1FF);
        alice.close(alice.creat("/home/g", 0x1FF));
        assertEquals(0x81C0, alice.stat("/home/g").mode());
        assertEquals(0x3F, alice.umask(0xFFFF));
        assertEquals(0x1FF, alice.umask(0));
    }

    @Test
    void setGroupIdOfADirectoryIsInherited() {
        root.mkdir("/home/d", 0);
        root.chown("/home/d", -1, 51);
        root.chmod("/home/d", 0x5FF);
        alice.umask(0);
        alice.mkdir("/home/d/sub", 0x1ED);
        alice.close(alice.creat("/home/d/f", 0x1A4));
        alice.close(alice.creat("/home/d/program", 0x5ED));
        assertEquals(51, root.stat("/home/d/sub").gid());
        assertEquals(0x45ED, root.stat("/home/d/sub").mode());
        assertEquals(51, root.stat("/home/d/f").gid());
        assertEquals(0x81ED, root.stat("/home/d/program").mode(), "alice is not in the group");
    }

    @Test
    void chmodIsForTheOwner() {
        file(alice, "/home/f", 0x1A4);
        assertFails(Errno.EPERM, () -> bob.chmod("/home/f", 0x1FF));
        alice.chmod("/home/f", 0xFFFF);
        assertEquals(0x8FFF, root.stat("/home/f").mode());
        root.chown("/home/f", -1, 51);
        alice.chmod("/home/f", 0xFFF);
        assertEquals(0x8BFF, root.stat("/home/f").mode(), "set-group-ID only for members");
        int fd = alice.open("/home/f", O_RDONLY, 0);
        alice.fchmod(fd, 0x180);
        assertEquals(0x8180, alice.fstat(fd).mode());
    }

    @Test
    void chownIsForTheSuperUserAndGroupForMembers() {
        file(alice, "/home/f", 0x1A4);
        assertFails(Errno.EPERM, () -> alice.chown("/home/f", BOB, -1));
        assertFails(Errno.EPERM, () -> alice.chown("/home/f", -1, 51));
        assertFails(Errno.EPERM, () -> bob.chown("/home/f", -1, STAFF));
        alice.chown("/home/f", ALICE, STAFF);
        alice.chown("/home/f", -1, -1);
        root.symlink("f", "/home/l");
        root.lchown("/home/l", BOB, 7);
        assertEquals(BOB, root.lstat("/home/l").uid());
        assertEquals(ALICE, root.stat("/home/f").uid());
        root.chown("/home/l", BOB, 7);
        assertEquals(7, root.stat("/home/f").gid());
        root.fchown(root.open("/home/f", O_RDONLY, 0), 9, -1);
        assertEquals(9, root.stat("/home/f").uid());
    }

    @Test
    void setIdBitsAreLostWhenOwnerOrContentsChange() {
        file(alice, "/home/f", 0x1FF);
        root.chmod("/home/f", 0xDFF);
        root.chown("/home/f", ALICE, STAFF);
        assertEquals(0x81FF, root.stat("/home/f").mode());
        root.chmod("/home/f", 0xDFF);
        int fd = bob.open("/home/f", O_WRONLY, 0);
        bob.write(fd, new byte[1], 0, 1);
        assertEquals(0x81FF, root.stat("/home/f").mode());
        root.chmod("/home/f", 0xDFF);
        bob.truncate("/home/f", 0);
        assertEquals(0x81FF, root.stat("/home/f").mode());
        root.chmod("/home/f", 0xDFF);
        root.truncate("/home/f", 1);
        assertEquals(0x8DFF, root.stat("/home/f").mode(), "the super-user's writes keep them");
    }

    @Test
    void timesAreSetByTheOwnerOrToNowByWriters() {
        file(alice, "/home/f", 0b110_110_100);
        alice.utimens("/home/f", 5, 7);
        assertEquals(5, root.stat("/home/f").accessedNanos());
        assertEquals(7, root.stat("/home/f").modifiedNanos());
        assertFails(Errno.EPERM, () -> bob.utimens("/home/f", 5, 7));
        assertFails(Errno.EPERM, () -> bob.utimens("/home/f", Process.UTIME_NOW, Process.UTIME_OMIT));
        bob.utimens("/home/f", Process.UTIME_NOW, Process.UTIME_NOW);
        assertEquals(true, root.stat("/home/f").modifiedNanos() > MountRequest.EPOCH_NANOS);
        assertFails(Errno.EACCES, () -> carol.utimens("/home/f", Process.UTIME_NOW, Process.UTIME_NOW));
        carol.utimens("/home/f", Process.UTIME_OMIT, Process.UTIME_OMIT);
        alice.utimens("/home/f", Process.UTIME_OMIT, 9);
        assertEquals(9, root.stat("/home/f").modifiedNanos());
        alice.futimens(alice.open("/home/f", O_RDONLY, 0), 1, 2);
        assertEquals(1, root.stat("/home/f").accessedNanos());
    }
}
