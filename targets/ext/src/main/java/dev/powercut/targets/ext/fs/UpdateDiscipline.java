package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.util.List;

/**
 * How changes of the on-disk layout reach the disk so that a crash leaves something that can be recovered. The layout code
 * says what it changes, and at named sites which change needs which other; the discipline decides when and how each is
 * written. Careful ordering keeps every single need; a redo log keeps whole operations together and may take the needs
 * within one operation as met.
 *
 * <p>The protocol of a change that needs an earlier one: change the earlier sector and say so with {@link #changed}; call
 * {@link #order}; only then change the later sector.
 */
public interface UpdateDiscipline {

    /** An operation begins to change the layout; {@link #end} follows, also when it fails. They do not nest. */
    void begin();

    void end();

    /** Bytes of a metadata block were changed by the operation in progress. */
    void changed(Buffer buffer, int offsetBytes, int length, Site site);

    /** {@code after}, which is about to be changed, shall not be on the disk as it will be without {@code before} as it is. */
    void order(BufferSector before, BufferSector after, Site site);

    /** {@code after}, which is about to be changed, shall not be on the disk as it will be without all data written so far. */
    void dataBefore(BufferSector after, Site site);

    /** Runs an action once {@code sector} as it is now is safe on the disk; at once when it is so already. */
    void whenDurable(BufferSector sector, Site site, Runnable action);

    /** Writes whole blocks of file data, {@code count} sectors; not durable before the next flush. */
    void writeData(long sector, int count, byte[] source, int offsetBytes, Cause cause);

    /**
     * Brings about what waits at {@link #whenDurable}, because space that is being freed is needed now.
     *
     * @return false when nothing waits, so that asking again is in vain
     */
    boolean makeRoom(Site site);

    /** Writes sectors, those that are dirty, after all that they need. A rule needs it: the site says which. */
    void write(List<BufferSector> sectors, Site site, Trigger trigger);

    /**
     * An inode is being made durable: writes those of its sectors that are dirty, after all that they need.
     *
     * @param blocks blocks of pointers, entries, or a link's target
     * @param record the sector of its record, or none when that is not needed
     */
    void writeForSync(List<BufferSector> blocks, List<BufferSector> record, Trigger trigger);

    /** Makes all that was written durable. A promise or a rule needs it: the site says which. */
    void flush(Site site);

    /** Writes everything that is dirty, durable after the next {@link #flush}. */
    void writeAll(Trigger trigger);

    /** Writes some of what is dirty, as chosen. */
    void writeSome(Choices choices);

    /** Whether anything is dirty, or waits at {@link #whenDurable}. */
    boolean isBusy();

    /**
     * Whether a crash keeps all of an operation's changes or none, so that intermediate states need no care, such as a link
     * count that is raised while a name moves.
     */
    boolean operationsAreAtomic();
}
