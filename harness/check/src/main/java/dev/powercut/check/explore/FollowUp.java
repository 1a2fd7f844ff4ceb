package dev.powercut.check.explore;

import dev.powercut.check.tree.Node;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.OpenFlags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The small fixed workload that is run on a recovered filesystem: create, write, read back, rename, truncate, unlink, and, after
 * an unmount and another mount, a look at what is there. It works below a new directory of the root, so what it must give does not depend on what was recovered;
 * on a filesystem that is nearly full there is no room for it, and it only looks.
 */
final class FollowUp {

    private static final int DATA_BYTES = 2_500;
    private static final int SHORTER_BYTES = 700;

    /** What it needs at most, in blocks and in inodes. */
    private static final int BLOCKS_NEEDED = 24;

    private static final int INODES_NEEDED = 6;

    private final byte[] data = new byte[DATA_BYTES];
    private final byte[] buffer = new byte[DATA_BYTES + 1];
    private final List<String> deviations = new ArrayList<>();

    /** The directory that it works in; empty when there was no room. */
    private String home = "";

    FollowUp() {
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 31 + 7);
        }
    }

    /** Works, in a filesystem that may be unmounted afterwards. */
    void work(Process process, Node.Directory root) {
        deviations.clear();
        home = "";
        FileSystemStatistics statistics = process.statfs("/");
        if (statistics.freeBlocks() >= BLOCKS_NEEDED && statistics.freeInodes() >= INODES_NEEDED) {
            home = "/" + freshName(root);
            try {
                work(process);
            } catch (ErrnoException e) {
                deviations.add("the follow-up workload in " + home + " fails with " + e.getMessage());
            }
        }
    }

    /** Looks, after another mount, at what the work left. */
    void look(Process process) {
        if (!home.isEmpty() && deviations.isEmpty()) {
            try {
                result(process);
            } catch (ErrnoException e) {
                deviations.add("what the follow-up workload left in " + home + " gives " + e.getMessage()
                        + " after an unmount and a mount");
            }
        }
    }

    /** Where work and look did not get what they should. */
    List<String> deviations() {
        return List.copyOf(deviations);
    }

    private void work(Process process) {
        process.mkdir(home, 0755);
        process.mkdir(home + "/inner", 0755);
        int fd = process.open(home + "/a", OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL, 0644);
        expect("write() of " + DATA_BYTES + " bytes gives", DATA_BYTES, process.write(fd, data, 0, DATA_BYTES));
        process.rename(home + "/a", home + "/inner/b");
        expectAbsent(process, home + "/a");
        expectContents(process, fd, DATA_BYTES);
        process.ftruncate(fd, SHORTER_BYTES);
        process.fsync(fd);
        process.close(fd);

        process.close(process.creat(home + "/c", 0600));
        process.link(home + "/c", home + "/d");
        expect(
                "the link count of " + home + "/d is",
                2,
                process.stat(home + "/d").linkCount());
        process.unlink(home + "/c");
        expectAbsent(process, home + "/c");

        process.sync();
    }

    private void result(Process process) {
        expectNames(process, home, List.of(".", "..", "d", "inner"));
        expectNames(process, home + "/inner", List.of(".", "..", "b"));
        int again = process.open(home + "/inner/b", OpenFlags.O_RDONLY, 0);
        expectContents(process, again, SHORTER_BYTES);
        process.close(again);
    }

    private void expectContents(Process process, int fd, int sizeBytes) {
        expect("the file's size is", sizeBytes, process.fstat(fd).sizeBytes());
        int count = process.pread(fd, buffer, 0, buffer.length, 0);
        expect("pread() gives", sizeBytes, count);
        if (count == sizeBytes && !Arrays.equals(buffer, 0, count, data, 0, count)) {
            deviations.add("a file just written reads back other bytes than were written, from byte "
                    + Arrays.mismatch(buffer, 0, count, data, 0, count) + " on");
        }
    }

    private void expectNames(Process process, String path, List<String> names) {
        int fd = process.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
        List<String> found = new ArrayList<>();
        for (DirectoryEntry entry : process.readdir(fd)) {
            found.add(entry.name());
        }
        process.close(fd);
        found.sort(null);
        if (!found.equals(names)) {
            deviations.add(path + " lists " + found + " where " + names + " is right");
        }
    }

    private void expectAbsent(Process process, String path) {
        try {
            process.lstat(path);
            deviations.add(path + " is still there after it was moved or removed");
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                deviations.add(path + " gives " + e.getMessage() + " where ENOENT is right");
            }
        }
    }

    private void expect(String what, long right, long found) {
        if (right != found) {
            deviations.add(what + " " + found + " where " + right + " is right");
        }
    }

    private static String freshName(Node.Directory root) {
        String name = "follow-up";
        for (Node.Entry entry : root.entries()) {
            // Entries are sorted, so a name that is taken leads to one that sorts after it.
            if (entry.name().equals(name)) {
                name += "-";
            }
        }
        return name;
    }
}
