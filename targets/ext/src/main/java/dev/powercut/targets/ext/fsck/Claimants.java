package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds who had claimed a block before the inode that a problem is about: in a look through the pointers of all inodes, since pass 1
 * keeps no more than a bit for each block. For people, and only where blocks are claimed twice.
 */
final class Claimants {

    private final Scan scan;
    private final PointerTrees trees;
    /** Inodes by block; 0 until the first is found. */
    private final Map<Integer, Integer> first = new TreeMap<>();

    private int missing;

    Claimants(Scan scan) {
        this.scan = scan;
        this.trees = new PointerTrees(scan);
    }

    /** The same problems; those of blocks that are claimed twice say who was first, as far as that is found. */
    List<Problem> named(List<Problem> problems) {
        for (Problem problem : problems) {
            if (problem.kind() == ProblemKind.BLOCK_CLAIMED_TWICE) {
                first.put(problem.block(), 0);
            }
        }
        if (first.isEmpty()) {
            return problems;
        }
        lookThroughInodes();
        List<Problem> named = new ArrayList<>(problems.size());
        for (Problem problem : problems) {
            named.add(
                    problem.kind() == ProblemKind.BLOCK_CLAIMED_TWICE
                            ? problem.withFound(first.getOrDefault(problem.block(), 0))
                            : problem);
        }
        return named;
    }

    private void lookThroughInodes() {
        missing = first.size();
        trees.reset();
        byte[] table = new byte[scan.volume.blockSize];
        int inTable = 0;
        for (int ordinal = 0; ordinal < scan.inodes.count && missing > 0; ordinal++) {
            int inode = scan.inodes.number[ordinal];
            int block = scan.volume.table.blockOfInode(inode);
            if (block != inTable) {
                scan.volume.read(block, table, 0);
                inTable = block;
            }
            claims(inode, table, scan.volume.geometry.offsetInBlockOfInode(inode));
        }
    }

    private void claims(int inode, byte[] b, int at) {
        for (int root = 0; root < Format.POINTER_COUNT && InodeRecord.hasBlockPointers(b, at); root++) {
            int block = InodeRecord.pointer(b, at, root);
            if (block != 0 && scan.volume.geometry.isBlock(block)) {
                claim(block, inode);
                if (BlockMap.levels(root) > 0) {
                    trees.below(block, BlockMap.levels(root), below -> claim(below, inode));
                }
            }
        }
        claim(InodeRecord.xattrBlock(b, at), inode);
    }

    private void claim(int block, int inode) {
        if (first.replace(block, 0, inode)) {
            missing--;
        }
    }
}
