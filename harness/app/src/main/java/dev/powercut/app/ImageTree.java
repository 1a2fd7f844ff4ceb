package dev.powercut.app;

import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.Stat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Walks everything below a path of a mounted image, each directory before what is in it. Made for images that are damaged or hostile:
 * it needs no stack, goes into each directory once, whatever loops the names form, and goes on behind what cannot be read.
 */
final class ImageTree {

    private final MountedImage image;
    private final List<String> left;

    /** The path by which each directory was entered, by inode number. */
    private final Map<Long, String> entered = new TreeMap<>();

    private final Deque<Level> levels = new ArrayDeque<>();

    /** A directory that the walk is in, and what of it is still to come. */
    private record Level(String path, Stat stat, Iterator<DirectoryEntry> rest) {}

    /** What to do at each place. A system call that fails there leaves the place out. */
    interface Visitor {
        /** @return whether to go into it, should it be a directory */
        boolean visit(String path, Stat stat);

        /** After all that is in a directory that was gone into. */
        default void leave(String path, Stat stat) {}
    }

    /** @param left told of what is left out, and why, a line each */
    ImageTree(MountedImage image, List<String> left) {
        this.image = image;
        this.left = left;
    }

    /** @throws ErrnoException when the start itself cannot be read */
    void walk(String start, Visitor visitor) {
        step(start, visitor);
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            if (level.rest.hasNext()) {
                String path = MountedImage.child(level.path, level.rest.next().name());
                try {
                    step(path, visitor);
                } catch (ErrnoException e) {
                    left.add(MountedImage.complaint(path, e));
                }
            } else {
                levels.pop();
                visitor.leave(level.path, level.stat);
            }
        }
    }

    private void step(String path, Visitor visitor) {
        Stat stat = image.process.lstat(path);
        boolean directory = Mode.isDirectory(stat.mode());
        if (directory && entered.containsKey(stat.inodeNumber())) {
            left.add(path + ": " + again(path, String.valueOf(entered.get(stat.inodeNumber())), stat.inodeNumber()));
        } else if (visitor.visit(path, stat) && directory) {
            entered.put(stat.inodeNumber(), path);
            levels.push(new Level(path, stat, image.entries(path).iterator()));
        }
    }

    private static String again(String path, String first, long inode) {
        boolean loop = path.startsWith(first.endsWith("/") ? first : first + "/");
        return "is the directory " + first + " (inode " + inode + ") once more, "
                + (loop ? "so the directories of this image form a loop" : "and a directory has only one name")
                + "; look with fsck -n, mend with fsck -y";
    }
}
