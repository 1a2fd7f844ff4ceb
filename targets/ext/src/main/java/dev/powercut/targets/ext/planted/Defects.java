package dev.powercut.targets.ext.planted;

import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fs.Sites;
import java.util.ArrayList;
import java.util.List;

/** The defects that can be planted in ext2, by name. */
public final class Defects {

    private record Defect(String name, String summary, Ext2Type.DisciplineMaker discipline, String crashModel) {

        Defect(String name, String summary, Ext2Type.DisciplineMaker discipline) {
            this(name, summary, discipline, CrashModel.PREFIX.name());
        }
    }

    private static List<Defect> defects() {
        return List.of(
                turned(
                        "entry-before-inode",
                        "a directory entry is written before the inode that it names",
                        Sites.INODE_BEFORE_ENTRY),
                turned(
                        "entry-before-inode-bitmap",
                        "a directory entry is written before its inode is marked as used",
                        Sites.INODE_BITMAP_BEFORE_ENTRY),
                new Defect(
                        "pointer-before-data",
                        "a pointer to a new block is written before the data in it",
                        (cache, writer) -> new LateData(cache, writer, Sites.DATA_POINTER, Sites.DATA_BEFORE_POINTER)),
                turned(
                        "pointer-before-block-bitmap",
                        "a pointer to a new block is written before the block is marked as used",
                        Sites.BITMAP_BEFORE_POINTER),
                new Defect(
                        "block-freed-before-pointer-cleared",
                        "the blocks of a deleted file are marked as free before its inode is cleared",
                        (cache, writer) ->
                                new FreedTooEarly(cache, writer, List.of(Sites.DELETE_BEFORE_BLOCKS_FREE), true)),
                new Defect(
                        "size-before-data",
                        "a larger size is written before the data that it covers",
                        (cache, writer) -> new LateData(cache, writer, Sites.SIZE, Sites.DATA_BEFORE_SIZE)),
                new Defect(
                        "unzeroed-indirect-linked",
                        "a new indirect block is pointed to before it is initialised",
                        (cache, writer) -> new WrongOrder(
                                cache, writer, List.of(Sites.NODE_BEFORE_POINTER), List.of(Sites.POINTER_BEFORE_SIZE))),
                new Defect(
                        "truncate-frees-before-shrink",
                        "the end of a file is marked as free before the file is cut off",
                        (cache, writer) -> new FreedTooEarly(
                                cache,
                                writer,
                                List.of(Sites.SHRINK_BEFORE_FREE, Sites.NODE_CLEARED_BEFORE_FREE),
                                true)),
                turned(
                        "link-count-lowered-early",
                        "the link count falls before the entry is gone",
                        Sites.ENTRY_GONE_BEFORE_COUNT),
                turned(
                        "link-count-raised-late",
                        "the link count is raised after the entry exists",
                        Sites.LINK_COUNT_BEFORE_ENTRY),
                turned(
                        "rename-removes-old-first",
                        "rename removes the old name before the new one exists",
                        Sites.NEW_ENTRY_BEFORE_OLD_GONE),
                new Defect(
                        "dotdot-not-updated",
                        "a directory that moves to another one keeps its old ..",
                        (cache, writer) -> new LostChange(cache, writer, Sites.DOT_DOT)),
                turned(
                        "mkdir-entry-before-first-block",
                        "a new directory has a name before its first block is written",
                        Sites.FIRST_BLOCK_BEFORE_INODE),
                new Defect(
                        "freed-block-reused-early",
                        "a freed block is used again before the write that frees it is durable",
                        (cache, writer) -> new FreedTooEarly(
                                cache,
                                writer,
                                List.of(
                                        Sites.DELETE_BEFORE_BLOCKS_FREE,
                                        Sites.SHRINK_BEFORE_FREE,
                                        Sites.NODE_CLEARED_BEFORE_FREE),
                                false)),
                new Defect(
                        "fsync-skips-inode",
                        "fsync does not write the inode",
                        (cache, writer) -> new BrokenFsync(cache, writer, BrokenFsync.Forgets.RECORD)),
                new Defect(
                        "fsync-skips-indirect",
                        "fsync does not write indirect blocks",
                        (cache, writer) -> new BrokenFsync(cache, writer, BrokenFsync.Forgets.INDIRECT)),
                new Defect(
                        "fsync-without-flush",
                        "fsync writes, but does not flush",
                        (cache, writer) -> new BrokenFsync(cache, writer, BrokenFsync.Forgets.FLUSH)),
                new Defect(
                        "fsync-flushes-early",
                        "fsync flushes before it has written, not after",
                        (cache, writer) -> new BrokenFsync(cache, writer, BrokenFsync.Forgets.WRITES_BEFORE_FLUSH)),
                unflushed(
                        "create-without-barrier",
                        "no flush between a new inode and the entry that names it",
                        Sites.INODE_BEFORE_ENTRY,
                        Sites.INODE_BITMAP_BEFORE_ENTRY),
                unflushed(
                        "link-without-barrier",
                        "no flush between the rise of a link count and the further name",
                        Sites.LINK_COUNT_BEFORE_ENTRY),
                unflushed(
                        "unlink-without-barrier",
                        "no flush between the removal of an entry and the fall of the link count",
                        Sites.ENTRY_GONE_BEFORE_COUNT),
                unflushed(
                        "rename-without-barrier",
                        "no flush between the new name and the removal of the old one",
                        Sites.NEW_ENTRY_BEFORE_OLD_GONE),
                unflushed(
                        "data-without-barrier",
                        "no flush between new data and what makes it part of a file",
                        Sites.DATA_BEFORE_POINTER,
                        Sites.DATA_BEFORE_SIZE),
                unflushed(
                        "reuse-without-barrier",
                        "no flush between the write that frees blocks and their next use",
                        Sites.DELETE_BEFORE_BLOCKS_FREE,
                        Sites.SHRINK_BEFORE_FREE,
                        Sites.NODE_CLEARED_BEFORE_FREE));
    }

    private static Defect unflushed(String name, String summary, Site... sites) {
        List<Site> all = List.of(sites);
        return new Defect(
                name, summary, (cache, writer) -> new OrderWithoutFlush(cache, writer, all), CrashModel.REORDER.name());
    }

    private Defects() {}

    private static Defect turned(String name, String summary, Site site) {
        return new Defect(name, summary, (cache, writer) -> new WrongOrder(cache, writer, List.of(site), List.of()));
    }

    /** Names and summaries. */
    public static List<PlantedDefect> all() {
        List<PlantedDefect> all = new ArrayList<>();
        for (Defect defect : defects()) {
            all.add(new PlantedDefect(defect.name, defect.summary, defect.crashModel, ""));
        }
        return all;
    }

    /**
     * ext2 with a defect.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static FileSystemType plant(String name) {
        for (Defect defect : defects()) {
            if (defect.name.equals(name)) {
                return new Ext2Type(defect.discipline);
            }
        }
        throw new IllegalArgumentException("ext2 has no planted defect '" + name + "'");
    }
}
