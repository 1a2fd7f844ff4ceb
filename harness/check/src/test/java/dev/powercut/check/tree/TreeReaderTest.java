package dev.powercut.check.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Sandbox;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeReaderTest {

    private final Sandbox sandbox = new Sandbox();
    private final TreeReader reader = new TreeReader(TreeReader.Limits.DEFAULT);

    private static Node at(Node.Directory directory, String name) {
        return directory.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .node();
    }

    private static String text(Node node) {
        FileContents contents = assertInstanceOf(Node.RegularFile.class, node).contents();
        return new String(contents.flat(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void treeHoldsWhatIsThere() {
        sandbox.root.mkdir("/d", 0700);
        sandbox.write("/d/file", "content");
        sandbox.write("/empty", "");
        sandbox.root.symlink("d/file", "/link");
        sandbox.root.mknod("/fifo", Mode.FIFO | 0600, 0);
        sandbox.root.chown("/d/file", 3, 4);
        sandbox.root.utimens("/d/file", 1, 7_000_000_000L);

        Node.Directory root = reader.read(sandbox.root, "/");
        assertEquals(
                List.of("d", "empty", "fifo", "link"),
                root.entries().stream().map(Node.Entry::name).toList());
        Node file = at(assertInstanceOf(Node.Directory.class, at(root, "d")), "file");
        assertEquals("content", text(file));
        assertEquals(3, file.attributes().uid());
        assertEquals(4, file.attributes().gid());
        assertEquals(7, file.attributes().sizeBytes());
        assertEquals(7_000_000_000L, file.attributes().modifiedNanos());
        assertEquals(Mode.DIRECTORY | 0700, at(root, "d").attributes().mode());
        assertEquals("", text(at(root, "empty")));
        assertEquals(
                "d/file", assertInstanceOf(Node.Symlink.class, at(root, "link")).linkTarget());
        assertInstanceOf(Node.Special.class, at(root, "fifo"));
    }

    @Test
    void fileWithSeveralNamesIsOneNode() {
        sandbox.write("/a", "x");
        sandbox.root.link("/a", "/b");
        sandbox.write("/c", "x");
        Node.Directory root = reader.read(sandbox.root, "/");
        assertSame(at(root, "a"), at(root, "b"));
        assertTrue(at(root, "a") != at(root, "c"));
    }

    @Test
    void sparseFileCostsWhatItsDataCost() {
        int fd = sandbox.root.open("/sparse", OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0600);
        byte[] data = {1, 2, 3};
        sandbox.root.pwrite(fd, data, 0, 3, 1L << 30);
        sandbox.root.pwrite(fd, data, 0, 3, 5000);
        sandbox.root.ftruncate(fd, 3L << 30);
        sandbox.root.close(fd);

        TreeReader thrifty = new TreeReader(new TreeReader.Limits(10, 10, 64 * 1024));
        FileContents contents = assertInstanceOf(Node.RegularFile.class, at(thrifty.read(sandbox.root, "/"), "sparse"))
                .contents();
        assertEquals(3L << 30, contents.sizeBytes());
        assertTrue(contents.matches(1L << 30, data, 3));
        assertTrue(contents.matches(5000, data, 3));
        assertEquals(5000, contents.firstNonZero(0, 1L << 30));
        assertEquals(-1, contents.firstNonZero((1L << 30) + 3, 3L << 30));
    }

    @Test
    void limitsGuardAgainstEndlessTrees() {
        sandbox.root.mkdir("/d", 0700);
        sandbox.root.mkdir("/d/e", 0700);
        sandbox.write("/d/e/f", "0123456789");
        reader.read(sandbox.root, "/");
        assertEquals("/d/e", refused(new TreeReader.Limits(100, 2, 100)).path());
        assertEquals("/d/e/f", refused(new TreeReader.Limits(3, 10, 100)).path());
        assertEquals("/d/e/f", refused(new TreeReader.Limits(100, 10, 9)).path());
    }

    private UnreadableTreeException refused(TreeReader.Limits limits) {
        return assertThrows(UnreadableTreeException.class, () -> new TreeReader(limits).read(sandbox.root, "/"));
    }

    @Test
    void callThatFailsIsToldWithItsPath() {
        UnreadableTreeException missing =
                assertThrows(UnreadableTreeException.class, () -> reader.read(sandbox.root, "/missing"));
        assertEquals(Errno.ENOENT, missing.errno());
        sandbox.write("/file", "x");
        assertThrows(UnreadableTreeException.class, () -> reader.read(sandbox.root, "/file"));
        sandbox.root.chmod("/file", 0);
        UnreadableTreeException denied =
                assertThrows(UnreadableTreeException.class, () -> reader.read(sandbox.kernel.process(7, 7), "/"));
        assertEquals("/file", denied.path());
        assertEquals(Errno.EACCES, denied.errno());
    }
}
