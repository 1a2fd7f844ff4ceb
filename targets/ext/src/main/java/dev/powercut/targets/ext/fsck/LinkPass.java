package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.Format;

/** Pass 4: the names counted against the link counts stored; inodes that nothing names; references to attribute blocks. */
final class LinkPass {

    private final Scan scan;

    LinkPass(Scan scan) {
        this.scan = scan;
    }

    void run() {
        InodeCensus inodes = scan.inodes;
        int first = scan.volume.geometry.firstInode() - 1;
        boolean anyUnnamed = false;
        check(Format.ROOT_INODE - 1);
        for (int ordinal = first; ordinal < inodes.count; ordinal++) {
            if (inodes.directory[ordinal] < 0 && inodes.countedLinks[ordinal] == 0) {
                inodes.flags[ordinal] |= InodeCensus.UNNAMED;
            }
            if ((inodes.flags[ordinal] & InodeCensus.UNNAMED) == 0) {
                check(ordinal);
            } else {
                anyUnnamed = true;
            }
        }
        if (anyUnnamed) {
            unnamed(first);
        }
        attributeBlocks();
    }

    /** After all counts: one that is too low may be that of an inode which an entry names by mistake. */
    private void unnamed(int first) {
        InodeCensus inodes = scan.inodes;
        boolean unnamed = false;
        for (int ordinal = first; ordinal < inodes.count; ordinal++) {
            if ((inodes.flags[ordinal] & InodeCensus.UNNAMED) == 0) {
                continue;
            }
            int directory = inodes.directory[ordinal];
            boolean contents = scan.keepsEmpty
                    || (directory >= 0
                            ? scan.directories.hasEntries[directory]
                            : (inodes.flags[ordinal] & InodeCensus.HAS_CONTENTS) != 0);
            unnamed |= contents;
            scan.report(
                    contents ? ProblemKind.UNNAMED_INODE : ProblemKind.UNNAMED_EMPTY_INODE,
                    inodes.number[ordinal],
                    0,
                    inodes.storedLinks[ordinal],
                    0);
        }
        if (unnamed && scan.lostAndFound != 0 && !isDirectory(scan.lostAndFound)) {
            scan.add(new Problem(
                    ProblemKind.LOST_AND_FOUND_INVALID,
                    scan.lostAndFound,
                    scan.lostAndFoundBlock,
                    scan.lostAndFoundOffset,
                    0,
                    0,
                    ""));
        }
    }

    private boolean isDirectory(int inode) {
        int ordinal = scan.inodes.ordinal(inode);
        return ordinal >= 0 && scan.inodes.directory[ordinal] >= 0;
    }

    private void check(int ordinal) {
        InodeCensus inodes = scan.inodes;
        int stored = inodes.storedLinks[ordinal];
        int counted = inodes.countedLinks[ordinal];
        if (stored != counted) {
            scan.report(
                    stored > counted ? ProblemKind.LINK_COUNT_TOO_HIGH : ProblemKind.LINK_COUNT_TOO_LOW,
                    inodes.number[ordinal],
                    0,
                    stored,
                    counted);
        }
    }

    private void attributeBlocks() {
        XattrBlocks xattrs = scan.xattrs;
        for (int i = 0; i < xattrs.count; i++) {
            if (xattrs.stored[i] != xattrs.counted[i]) {
                scan.report(
                        xattrs.stored[i] > xattrs.counted[i]
                                ? ProblemKind.XATTR_REFERENCES_TOO_HIGH
                                : ProblemKind.XATTR_REFERENCES_TOO_LOW,
                        0,
                        xattrs.block[i],
                        xattrs.stored[i],
                        xattrs.counted[i]);
            }
        }
    }
}
