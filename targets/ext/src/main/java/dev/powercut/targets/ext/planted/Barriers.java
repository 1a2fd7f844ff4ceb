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

    private Barriers() {}

    /** All of them, as they stand in {@link Sites}. */
    public static List<Barrier> all() {
        List<Barrier> all = new ArrayList<>();
        for (Site site : ORDERS) {
            all.add(new Barrier(site.name(), Kind.ORDER, site.why(), explanation(site)));
        }
        for (Site site : FLUSHES) {
            all.add(new Barrier(site.name(), Kind.FLUSH, site.why(), explanation(site)));
        }
        return all;
    }

    private static String explanation(Site site) {
        return "";
    }

    /**
     * ext2 without a barrier.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static FileSystemType remove(String name) {
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
