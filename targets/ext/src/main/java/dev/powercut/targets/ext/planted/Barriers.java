package dev.powercut.targets.ext.planted;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.Barrier.Kind;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fs.Sites;
import java.util.ArrayList;
import java.util.List;

/** Every site at which ext2 orders or flushes, and ext2 without one of them. */
public final class Barriers {

    /** {@link Sites#NAMES_DURABLE} is none: it only forgets what needs no order any more. */
    private static final List<Site> ORDERS = List.of(
            Sites.INODE_BEFORE_ENTRY,
            Sites.INODE_BITMAP_BEFORE_ENTRY,
            Sites.FIRST_BLOCK_BEFORE_INODE,
            Sites.PARENT_COUNT_BEFORE_ENTRY,
            Sites.SYMLINK_TARGET_BEFORE_INODE,
            Sites.LINK_COUNT_BEFORE_ENTRY,
            Sites.ENTRY_GONE_BEFORE_COUNT,
            Sites.ENTRY_GONE_BEFORE_PARENT_COUNT,
            Sites.RENAME_COUNT_BEFORE_ENTRY,
            Sites.OLD_ENTRY_BEFORE_NEW,
            Sites.NEW_ENTRY_BEFORE_OLD_GONE,
            Sites.NEW_ENTRY_BEFORE_DOT_DOT,
            Sites.NEW_PARENT_COUNT_BEFORE_DOT_DOT,
            Sites.DOT_DOT_BEFORE_OLD_GONE,
            Sites.FORMER_DOT_DOT_BEFORE_DOT_DOT,
            Sites.FORMER_ENTRY_GONE_BEFORE_ENTRY,
            Sites.DOT_DOT_BEFORE_OLD_PARENT_COUNT,
            Sites.OLD_ENTRY_GONE_BEFORE_COUNT,
            Sites.REPLACED_BEFORE_COUNT,
            Sites.REPLACED_BEFORE_PARENT_COUNT,
            Sites.ENTRY_GONE_BEFORE_REUSE,
            Sites.REMOVED_BEFORE_SAME_NAME,
            Sites.ENTRY_BYTES_BEFORE_LENGTH,
            Sites.ENTRY_TYPE_OPEN,
            Sites.DIRECTORY_BLOCK_BEFORE_POINTER,
            Sites.INDEX_GIVEN_UP_BEFORE_CHANGE,
            Sites.BITMAP_BEFORE_POINTER,
            Sites.NODE_BEFORE_POINTER,
            Sites.DATA_BEFORE_POINTER,
            Sites.DATA_BEFORE_SIZE,
            Sites.POINTER_BEFORE_SIZE,
            Sites.LARGE_FILE_BEFORE_SIZE,
            Sites.SHRINK_BEFORE_NODE,
            Sites.SHRINK_BEFORE_FREE,
            Sites.PUNCH_BEFORE_FREE,
            Sites.NODE_CLEARED_BEFORE_FREE,
            Sites.SIZE_BEFORE_TAIL,
            Sites.DELETE_BEFORE_BLOCKS_FREE,
            Sites.DELETE_BEFORE_INODE_FREE,
            Sites.DELETE_BEFORE_ATTRIBUTE_COUNT,
            Sites.ATTRIBUTE_COUNT_BEFORE_FREE);

    private static final List<Site> FLUSHES = List.of(
            Sites.UNCLEAN_BEFORE_CHANGE,
            Sites.CLEAN_AFTER_ALL,
            Sites.SPACE_RAN_OUT,
            Sites.INODES_RAN_OUT,
            Sites.FSYNC_FLUSH,
            Sites.SYNC_FLUSH,
            Sites.UNMOUNT_FLUSH);

    private static final String FOREIGN =
            "Only directories or attributes of images that another system made lead here; a run begins with an image"
                    + " of its own.";

    private static final String CHECKED_ANYWAY =
            "Every crash state is checked in full here, whatever its clean flag says; a boot that trusts the flag"
                    + " needs it.";

    private static final String ROOM =
            "It is for room, not for safety: without it an operation fails with ENOSPC while what would help is still"
                    + " waiting.";

    private record Explained(Site site, String why) {}

    /** Why exploration does not show what some are good for. */
    private static final List<Explained> EXPLANATIONS = List.of(
            new Explained(
                    Sites.ENTRY_GONE_BEFORE_REUSE,
                    "Entries made here lie across sectors only when nothing else fits; where others made such entries,"
                            + " one of them is overwritten only after it is gone."),
            new Explained(Sites.ENTRY_TYPE_OPEN, "Entries made here never have their head in two sectors. " + FOREIGN),
            new Explained(Sites.INDEX_GIVEN_UP_BEFORE_CHANGE, FOREIGN),
            new Explained(Sites.DELETE_BEFORE_ATTRIBUTE_COUNT, FOREIGN),
            new Explained(Sites.ATTRIBUTE_COUNT_BEFORE_FREE, FOREIGN),
            new Explained(
                    Sites.DATA_BEFORE_POINTER,
                    "The mark in the bitmap has to be durable before the pointer, too, and the flush for it comes"
                            + " after the data have been written; alone it would be needed where the mark is durable"
                            + " already."),
            new Explained(
                    Sites.LARGE_FILE_BEFORE_SIZE,
                    "Recovery and e2fsck take a large file without the flag as it is; it is for systems that read the"
                            + " flag only."),
            new Explained(
                    Sites.SHRINK_BEFORE_NODE,
                    "Without it a crash may show the old size with holes where the end was, which the promises allow"
                            + " of a truncation that nothing has made durable, block by block; users expect the end whole"
                            + " or gone."),
            new Explained(
                    Sites.SIZE_BEFORE_TAIL,
                    "Without it a crash may show the old size with zeroes where the end was, which the promises allow"
                            + " of a truncation that nothing has made durable, block by block; users expect the end whole"
                            + " or gone."),
            new Explained(Sites.UNCLEAN_BEFORE_CHANGE, CHECKED_ANYWAY),
            new Explained(Sites.CLEAN_AFTER_ALL, CHECKED_ANYWAY),
            new Explained(
                    Sites.UNMOUNT_FLUSH,
                    "The clean flag is written and flushed right after it, so only the flag could be early. "
                            + CHECKED_ANYWAY),
            new Explained(Sites.SPACE_RAN_OUT, ROOM),
            new Explained(Sites.INODES_RAN_OUT, ROOM));

    private static final String SAME_FLUSH =
            "It is always asked for together with %s, before the same sector: the flush for that one comes after this write"
                    + " as well.";

    /** Why exploration does not show what the flush alone is good for, where the order is needed. */
    private static final List<Explained> FLUSH_EXPLANATIONS = List.of(
            new Explained(Sites.OLD_ENTRY_BEFORE_NEW, SAME_FLUSH.formatted(Sites.RENAME_COUNT_BEFORE_ENTRY.name())),
            new Explained(
                    Sites.NEW_PARENT_COUNT_BEFORE_DOT_DOT, SAME_FLUSH.formatted(Sites.NEW_ENTRY_BEFORE_DOT_DOT.name())),
            new Explained(
                    Sites.FORMER_DOT_DOT_BEFORE_DOT_DOT, SAME_FLUSH.formatted(Sites.NEW_ENTRY_BEFORE_DOT_DOT.name())),
            new Explained(
                    Sites.DELETE_BEFORE_INODE_FREE,
                    "It waits for a flush that comes anyway. The entry is gone durably by then, and who uses the inode again"
                            + " writes the same sector, so that a crash can show no more than an inode without a name that is"
                            + " marked as free, which recovery mends without loss."));

    private Barriers() {}

    /** Behind the name of a site that orders: its flush alone, so that writes are issued in order, and a device may change it. */
    private static final String FLUSH_OF = "+flush";

    /**
     * Sites that order different things before one and the same sector: a single flush before that sector serves all of them, so that
     * none is missed alone.
     */
    private record Shared(String name, String why, List<Site> sites) {}

    private static List<Shared> shared() {
        return List.of(
                new Shared(
                        "ext2.create.all-before-entry" + FLUSH_OF,
                        "inode, mark in the bitmap and parent's count come before the entry, whatever the device does",
                        List.of(
                                Sites.INODE_BEFORE_ENTRY,
                                Sites.INODE_BITMAP_BEFORE_ENTRY,
                                Sites.PARENT_COUNT_BEFORE_ENTRY)),
                new Shared(
                        "ext2.create.block-before-inode" + FLUSH_OF,
                        "the first block of a directory or symbolic link and its mark in the bitmap come before the inode,"
                                + " whatever the device does",
                        List.of(
                                Sites.FIRST_BLOCK_BEFORE_INODE,
                                Sites.SYMLINK_TARGET_BEFORE_INODE,
                                Sites.BITMAP_BEFORE_POINTER)),
                new Shared(
                        "ext2.directory.all-before-pointer" + FLUSH_OF,
                        "a new block of a directory and its mark in the bitmap come before the pointer, whatever the device"
                                + " does",
                        List.of(Sites.DIRECTORY_BLOCK_BEFORE_POINTER, Sites.BITMAP_BEFORE_POINTER)),
                new Shared(
                        "ext2.allocate.node-before-pointer" + FLUSH_OF,
                        "a new indirect block and its mark in the bitmap come before the pointer, whatever the device does",
                        List.of(Sites.NODE_BEFORE_POINTER, Sites.BITMAP_BEFORE_POINTER)),
                new Shared(
                        "ext2.write.all-before-pointer" + FLUSH_OF,
                        "data and the mark of their block in the bitmap come before the pointer, whatever the device does",
                        List.of(Sites.DATA_BEFORE_POINTER, Sites.BITMAP_BEFORE_POINTER)));
    }

    /** All of them, as they stand in {@link Sites}; of each that orders first both order and flush, then the flush alone. */
    public static List<Barrier> all() {
        List<Barrier> all = new ArrayList<>();
        for (Site site : ORDERS) {
            all.add(new Barrier(site.name(), Kind.ORDER, site.why(), explanation(site)));
            all.add(new Barrier(
                    site.name() + FLUSH_OF,
                    Kind.FLUSH,
                    site.why() + ", whatever the device does",
                    flushExplanation(site)));
        }
        for (Shared shared : shared()) {
            all.add(new Barrier(shared.name, Kind.FLUSH, shared.why, ""));
        }
        for (Site site : FLUSHES) {
            all.add(new Barrier(site.name(), Kind.FLUSH, site.why(), explanation(site)));
        }
        return all;
    }

    private static String explanation(Site site) {
        return explanation(EXPLANATIONS, site);
    }

    private static String explanation(List<Explained> explanations, Site site) {
        for (Explained explained : explanations) {
            if (explained.site.equals(site)) {
                return explained.why;
            }
        }
        return "";
    }

    private static String flushExplanation(Site site) {
        String own = explanation(FLUSH_EXPLANATIONS, site);
        List<String> shared = new ArrayList<>();
        for (Shared each : shared()) {
            if (each.sites.contains(site)) {
                shared.add(each.name);
            }
        }
        if (!own.isEmpty()) {
            return own;
        }
        return shared.isEmpty()
                ? explanation(site)
                : "The others that order before the same sector ask for the same flush, which then comes after this write"
                        + " as well; without it for all of them: " + String.join(", ", shared) + ".";
    }

    /**
     * ext2 without a barrier.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static FileSystemType remove(String name) {
        for (Shared shared : shared()) {
            if (name.equals(shared.name)) {
                return new Ext2Type((cache, writer) -> new OrderWithoutFlush(cache, writer, shared.sites));
            }
        }
        for (Site site : ORDERS) {
            if (name.equals(site.name() + FLUSH_OF)) {
                return new Ext2Type((cache, writer) -> new OrderWithoutFlush(cache, writer, List.of(site)));
            }
        }
        for (List<Site> sites : List.of(ORDERS, FLUSHES)) {
            for (Site site : sites) {
                if (site.name().equals(name)) {
                    return new Ext2Type((cache, writer) -> new WithoutBarrier(cache, writer, site));
                }
            }
        }
        throw new IllegalArgumentException("ext2 has no barrier '" + name + "'");
    }
}
