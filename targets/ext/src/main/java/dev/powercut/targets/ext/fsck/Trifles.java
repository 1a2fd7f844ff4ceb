package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import java.util.List;

/**
 * Problems that do not make an image unclean: {@code -n} tells them and ends with 0 when there is nothing else, as {@code e2fsck -fn}
 * does. They are in fields that Linux works out anew or does not look at. Some {@code -p} mends, some it leaves; {@code -y} mends all.
 */
final class Trifles {

    /** Inode table not initialised (feature uninit_bg). */
    private static final int INODE_UNINIT = 1;

    private Trifles() {}

    /** True when there is nothing but trifles. */
    static boolean onlyIn(Scan scan) {
        List<Problem> problems = scan.problems();
        for (int i = 0; i < problems.size(); i++) {
            if (!is(scan, problems.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean is(Scan scan, Problem problem) {
        return mayBe(problem.kind())
                && switch (problem.kind()) {
                    case DESCRIPTOR_FLAGS -> !hidesInodes(scan, problem.block());
                    case INODE_WITHOUT_FEATURE -> !takesAnInode(scan, problem);
                    default -> true;
                };
    }

    /** Whether a problem of a kind is a trifle, on one image or another. */
    static boolean mayBe(ProblemKind kind) {
        return switch (kind) {
            case FEATURES_OF_REVISION_0,
                    TIME_IN_FUTURE,
                    EXTRA_SIZE_WISH_INVALID,
                    ORPHAN_LIST,
                    RESIZE_INODE_DIFFERS,
                    RESIZE_INODE_WITHOUT_FEATURE,
                    BLOCKS_AFTER_END,
                    SPECIAL_FILE_HAS_FLAGS,
                    ENTRY_TYPE_UNSET,
                    TOTAL_FREE_BLOCKS_WRONG,
                    TOTAL_FREE_INODES_WRONG,
                    DESCRIPTOR_FLAGS,
                    INODE_WITHOUT_FEATURE -> true;
            default -> false;
        };
    }

    /** Trifles that {@code -p} mends although they are none that a crash leaves. */
    static boolean isPreened(Scan scan, Problem problem) {
        return switch (problem.kind()) {
            case FEATURES_OF_REVISION_0, TIME_IN_FUTURE, ORPHAN_LIST, ENTRY_TYPE_UNSET -> true;
            case DESCRIPTOR_FLAGS -> is(scan, problem);
            default -> false;
        };
    }

    /** Trifles that {@code -p} leaves without refusing the image. */
    static boolean isIgnored(ProblemKind kind) {
        return kind == ProblemKind.SPECIAL_FILE_HAS_FLAGS;
    }

    private static boolean hidesInodes(Scan scan, int group) {
        int flags = GroupDescriptor.flags(scan.volume.descriptors, group * Format.DESCRIPTOR_BYTES);
        if ((flags & INODE_UNINIT) == 0) {
            return false;
        }
        Geometry geometry = scan.volume.geometry;
        int end = (group + 1) * geometry.inodesPerGroup();
        for (int index = group * geometry.inodesPerGroup(); index < end; index++) {
            if (scan.inodes.used.contains(index)) {
                return true;
            }
        }
        return false;
    }

    /** A journal is none; nor is what takes an inode for itself: one in use, or, for the quota of projects, any. */
    private static boolean takesAnInode(Scan scan, Problem problem) {
        int field = (int) problem.found();
        int inode = LittleEndian.s32(scan.volume.superblock, field);
        Geometry geometry = scan.volume.geometry;
        boolean takes = geometry.isInode(inode) && inode >= geometry.firstInode();
        return switch (field) {
            case Format.S_USR_QUOTA_INUM, Format.S_GRP_QUOTA_INUM, Format.S_ORPHAN_FILE_INUM ->
                takes && scan.inodes.ordinal(inode) >= 0;
            case Format.S_PRJ_QUOTA_INUM -> takes;
            default -> true;
        };
    }
}
