package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Lock;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.util.List;

/**
 * How changes of the on-disk layout reach the disk so that a crash leaves something that can be recovered. The layout code
 * says what it changes, and at named sites which change needs which other; the discipline decides when and how each is
 * written. Two are there to be read side by side:
 *
 * <table>
 *   <caption>What they make of the same calls</caption>
 *   <tr><th></th><th>{@link CarefulOrdering}</th><th>redo log</th></tr>
 *   <tr><td>{@link #begin}, {@link #end}</td><td>nothing</td><td>keep the operation in one transaction</td></tr>
 *   <tr><td>{@link #changed}</td><td>the sector is dirty</td><td>the block joins the transaction</td></tr>
 *   <tr><td>{@link #order}, {@link #dataBefore}</td><td>an edge between writes</td><td>nothing: all comes at once</td></tr>
 *   <tr><td>{@link #whenFreeable}</td><td>when the pointer is durably gone</td><td>at the end of the operation</td></tr>
 *   <tr><td>a sync</td><td>writes what the inode needs, in order</td><td>commits the transaction</td></tr>
 *   <tr><td>after a crash</td><td>waste, which fsck finds by looking at everything</td><td>the log is replayed</td></tr>
 * </table>
 *
 * <p>The protocol of a change that needs an earlier one: change the earlier sector and say so with {@link #changed}; call
 * {@link #order}; only then change the later sector.
 */
public interface UpdateDiscipline {

    // ---- Operations ----

    /**
     * An operation begins to change the layout; {@link #end} follows, also when it fails. An operation within another one is a
     * part of it.
     *
     * @param blocks the most blocks of metadata that it will change, of journalled data as well; see {@link Credits}
     */
    void begin(int blocks);

    void end();

    /** Ends the operation in progress and begins the next one, at a point at which a crash leaves something whole. */
    void restart(int blocks);

    /** The most blocks that one operation may ask for. */
    int mostBlocks();

    // ---- Changes, and what they need ----

    /** Bytes of a metadata block were changed by the operation in progress. */
    void changed(Buffer buffer, int offsetBytes, int length, Site site);

    /** {@code after}, which is about to be changed, shall not be on the disk as it will be without {@code before} as it is. */
    void order(BufferSector before, BufferSector after, Site site);

    /** {@code after}, which is about to be changed, shall not be on the disk as it will be without all data written so far. */
    void dataBefore(BufferSector after, Site site);

    /** Runs an action once {@code sector} as it is now is safe on the disk; at once when it is so already. */
    void whenDurable(BufferSector sector, Site site, Runnable action);

    /**
     * A change of {@code sector} gives up space: runs the action that marks it as free when that is safe. Until then nobody
     * is given it; and none of it is used again before the change is durable: see {@link #holdsFreedBlocks}.
     */
    void whenFreeable(BufferSector sector, Site site, Runnable action);

    /** Whether blocks that were marked as free must not be used again before {@link #afterCommit}. */
    boolean holdsFreedBlocks();

    /** A metadata block is free now: nothing of it is written any more. */
    void forget(long block);

    /** Blocks of file data are free now. */
    void forgetData(long first, int count);

    // ---- Data ----

    /**
     * Writes whole blocks of a file's data, {@code count} sectors; not durable before the next flush.
     *
     * @param inode number of the file's inode
     */
    void writeData(long inode, long sector, int count, byte[] source, int offsetBytes, Cause cause);

    /** Reads whole blocks of file data as they were written last. */
    void readData(long sector, int count, byte[] target, int offsetBytes);

    /** The most blocks of metadata that writing so many blocks of data changes by itself. */
    int blocksForData(int dataBlocks);

    // ---- Durability ----

    /**
     * Brings about what waits for durability, because space that is being freed is needed now, or what an operation will overwrite
     * must not be needed any more. Only an operation that has not changed anything yet may ask.
     *
     * @return false when nothing waits, so that asking again is in vain
     */
    boolean makeRoom(Site site);

    /** Writes sectors, those that are dirty, after all that they need. A rule needs it: the site says which. */
    void write(List<BufferSector> sectors, Site site, Trigger trigger);

    /** Changes bytes of a block in place, durably and by itself: a flag that tells how to read all else. */
    void changeNow(Buffer buffer, int offsetBytes, int length, Site site, Trigger trigger);

    /**
     * An inode is being made durable: writes those of its sectors that are dirty, after all that they need.
     *
     * @param inode its number
     * @param blocks blocks of pointers, entries, or a link's target
     * @param record the sector of its record, or none when that is not needed
     */
    void writeForSync(long inode, List<BufferSector> blocks, List<BufferSector> record, Trigger trigger);

    /** Makes all that was written durable. A promise or a rule needs it: the site says which. */
    void flush(Site site);

    /** Writes everything that is dirty, durable after the next {@link #flush}. */
    void writeAll(Trigger trigger);

    /** Writes some of what is dirty, as chosen. */
    void writeSome(Choices choices);

    /** Whether anything is dirty, or waits at {@link #whenDurable}. */
    boolean isBusy();

    /**
     * Whether the device has lost a write without which nothing more can be made durable. From then on nothing is written; operations
     * in progress end in memory, and no other should begin.
     */
    boolean isAborted();

    /** Keeps to the limit of metadata buffers, between operations: see {@link dev.powercut.kernel.cache.MetadataCache#trim}. */
    void trim();

    // ---- Life ----

    /**
     * The mount begins to change the image, which is marked as in use already.
     *
     * @param turn the lock under which all calls come
     */
    void open(Hooks hooks, Lock turn);

    /** The mount has made all durable: leaves nothing behind that a crash would need. */
    void close(Trigger trigger);

    /** What the layout has to do when the discipline makes things durable on its own account. */
    interface Hooks {

        /**
         * Brings metadata up to date that is kept in memory, such as summary counts, by {@link #changed}; what changes afterwards is not
         * part of this commit.
         */
        void beforeCommit();

        /** All that was changed until the last {@link #beforeCommit} is durable; others may have changed more since. */
        void afterCommit();
    }

    /**
     * Whether a crash keeps all of an operation's changes or none, so that intermediate states need no care, such as a link
     * count that is raised while a name moves.
     */
    boolean operationsAreAtomic();
}
