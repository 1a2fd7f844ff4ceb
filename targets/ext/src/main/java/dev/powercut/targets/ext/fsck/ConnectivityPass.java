package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.Format;

/**
 * Pass 3: from the names that pass 2 found, the tree. Decides which of several names of a directory stands, compares {@code
 * ..} with it, finds loops; and counts the links that {@code ..} entries are.
 *
 * <p>The {@code ..} of a directory without a name counts for nobody: it is going to be changed or to vanish.
 */
final class ConnectivityPass {

    private static final byte UNSEEN = 0;
    private static final byte ON_THIS_WAY = 1;
    private static final byte DONE = 2;

    private final Scan scan;
    private final PointerWalk walk;
    private byte[] state = {};

    ConnectivityPass(Scan scan, PointerWalk walk) {
        this.scan = scan;
        this.walk = walk;
    }

    void run() {
        DirectoryCensus directories = scan.directories;
        if (directories.extraCount > 0) {
            resolveExtraNames(directories);
        }
        for (int index = 0; index < directories.count; index++) {
            if (directories.inode[index] == Format.ROOT_INODE) {
                directories.parent[index] = Format.ROOT_INODE;
            }
            int parent = directories.parent[index];
            if (parent == 0) {
                scan.inodes.flags[directories.ordinal[index]] |= InodeCensus.UNNAMED;
                continue;
            }
            scan.inodes.countedLinks[directories.ordinal[index]] += parent == directories.inode[index] ? 0 : 1;
            scan.inodes.countedLinks[scan.inodes.ordinal(parent)]++;
            int dotDot = directories.dotDot[index];
            if (dotDot != 0 && dotDot != parent) {
                scan.report(ProblemKind.DOT_DOT_WRONG, directories.inode[index], 0, dotDot & 0xFFFF_FFFFL, parent);
            }
        }
        findLoops(directories);
    }

    /**
     * A rename of a directory writes the new name, then {@code ..}, then takes the old name away; so at every instant {@code ..}
     * names one of the directories that name it, and that name stands.
     */
    private void resolveExtraNames(DirectoryCensus directories) {
        for (int extra = 0; extra < directories.extraCount; extra++) {
            int index = directories.extraDirectory[extra];
            int dotDot = directories.dotDot[index];
            if (directories.parent[index] != dotDot && directories.extraParent[extra] == dotDot) {
                directories.swapWithExtra(extra);
            }
        }
        for (int extra = 0; extra < directories.extraCount; extra++) {
            int index = directories.extraDirectory[extra];
            boolean benign = directories.parent[index] == directories.dotDot[index];
            int block = directories.extraBlock[extra];
            int offset = directories.extraOffset[extra];
            scan.add(new Problem(
                    benign ? ProblemKind.DIRECTORY_NAMED_TWICE : ProblemKind.DIRECTORY_NAMED_BY_STRANGERS,
                    directories.extraParent[extra],
                    block,
                    offset,
                    directories.inode[index],
                    0,
                    DirectoryPass.nameAt(walk.block(block), offset)));
        }
    }

    /** Follows parents from each directory up to one that is known to end; meets itself only in a loop. */
    private void findLoops(DirectoryCensus directories) {
        if (state.length < directories.count) {
            state = new byte[Math.max(directories.count, 2 * state.length)];
        }
        java.util.Arrays.fill(state, 0, directories.count, UNSEEN);
        for (int index = 0; index < directories.count; index++) {
            int at = index;
            while (at >= 0 && state[at] == UNSEEN) {
                state[at] = ON_THIS_WAY;
                at = up(directories, at);
            }
            if (at >= 0 && state[at] == ON_THIS_WAY) {
                scan.add(new Problem(
                        ProblemKind.DIRECTORY_LOOP,
                        directories.inode[at],
                        directories.nameBlock[at],
                        directories.nameOffset[at],
                        0,
                        0,
                        ""));
            }
            for (at = index; at >= 0 && state[at] == ON_THIS_WAY; at = up(directories, at)) {
                state[at] = DONE;
            }
        }
    }

    /** Index of the directory that names this one; -1 above the root and above one without a name. */
    private int up(DirectoryCensus directories, int index) {
        int parent = directories.parent[index];
        return parent == 0 || directories.inode[index] == Format.ROOT_INODE
                ? -1
                : scan.inodes.directory[scan.inodes.ordinal(parent)];
    }
}
