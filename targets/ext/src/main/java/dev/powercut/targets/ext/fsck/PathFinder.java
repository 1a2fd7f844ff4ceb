package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the paths of inodes that problems are about: those of directories from the census, others by a look through all
 * directories. For people; a check that nobody reads does without. An inode without a name has no path, and below a directory
 * without one a path begins with {@code ...}.
 */
final class PathFinder {

    /** Deeper trees are cut off at the top: what is left says enough. */
    private static final int MOST_LEVELS = 256;

    private final Scan scan;
    private final Map<Integer, String> names = new TreeMap<>();
    private final Map<Integer, Integer> parents = new TreeMap<>();

    PathFinder(Scan scan) {
        this.scan = scan;
    }

    /** The same problems with the paths of their inodes, as far as they have one. */
    List<Problem> withPaths(List<Problem> problems) {
        for (Problem problem : problems) {
            want(problem.inode());
            want(problem.other());
        }
        if (!parents.isEmpty()) {
            lookThroughDirectories();
        }
        List<Problem> found = new ArrayList<>(problems.size());
        for (Problem problem : problems) {
            found.add(problem.withPaths(path(problem.inode()), path(problem.other())));
        }
        return found;
    }

    /** Only files have to be looked for. */
    private void want(int inode) {
        if (isAny(inode) && !isDirectory(inode)) {
            parents.put(inode, 0);
        }
    }

    private boolean isAny(int inode) {
        return inode > 0 && inode <= scan.volume.inodeCount;
    }

    private boolean isDirectory(int inode) {
        int ordinal = scan.inodes.ordinal(inode);
        return ordinal >= 0 && scan.inodes.directory[ordinal] >= 0;
    }

    private void lookThroughDirectories() {
        DirectoryCensus directories = scan.directories;
        DirectoryBlock cursor = new DirectoryBlock();
        byte[] b = new byte[scan.volume.blockSize];
        for (int index = 0; index < directories.count; index++) {
            for (int i = directories.firstBlock[index]; i < directories.firstBlock[index + 1]; i++) {
                scan.volume.read(directories.block[i], b, 0);
                cursor.reset(b, 0, b.length);
                while (cursor.next()) {
                    Integer known = parents.get(cursor.inode());
                    if (known != null && known == 0) {
                        parents.put(cursor.inode(), directories.inode[index]);
                        names.put(cursor.inode(), DirectoryPass.nameAt(b, cursor.at()));
                    }
                }
            }
        }
    }

    private String path(int inode) {
        if (inode == Format.ROOT_INODE) {
            return "/";
        } else if (!isAny(inode)) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        int at = inode;
        for (int level = 0; at != Format.ROOT_INODE; level++) {
            String name = name(at);
            if (name.isEmpty() || level == MOST_LEVELS) {
                return path.isEmpty() ? "" : "..." + path;
            }
            path.insert(0, "/" + name);
            at = parent(at);
        }
        return path.toString();
    }

    private int parent(int inode) {
        return isDirectory(inode)
                ? scan.directories.parent[scan.inodes.directory[scan.inodes.ordinal(inode)]]
                : parents.getOrDefault(inode, 0);
    }

    private String name(int inode) {
        if (inode == 0) {
            return "";
        } else if (!isDirectory(inode)) {
            return names.getOrDefault(inode, "");
        }
        DirectoryCensus directories = scan.directories;
        int index = scan.inodes.directory[scan.inodes.ordinal(inode)];
        if (directories.parent[index] == 0 || directories.nameBlock[index] == 0) {
            return "";
        }
        byte[] b = new byte[scan.volume.blockSize];
        scan.volume.read(directories.nameBlock[index], b, 0);
        return DirectoryEntry.inode(b, directories.nameOffset[index]) == inode
                ? DirectoryPass.nameAt(b, directories.nameOffset[index])
                : "";
    }
}
