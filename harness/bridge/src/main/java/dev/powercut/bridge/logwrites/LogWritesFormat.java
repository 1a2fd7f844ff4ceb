package dev.powercut.bridge.logwrites;

import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;

/**
 * The on-disk format of dm-log-writes, version 1, little-endian, as the Linux kernel documents it in
 * {@code Documentation/admin-guide/device-mapper/log-writes.rst} and defines it in {@code drivers/md/dm-log-writes.c}.
 *
 * <pre>
 *  one log sector   superblock
 *  one log sector   header of entry 0     then its payload, if it has one
 *  one log sector   header of entry 1     then its payload …
 *
 *  superblock                              header
 *    0  u64  magic                           0  u64  sector         where on the device
 *    8  u64  version, 1                      8  u64  nr_sectors     how much
 *   16  u64  nr_entries                     16  u64  flags
 *   24  u32  sectorsize in bytes            24  u64  data_len       length of a mark's text
 *   28  zero to the end of the sector       32  text of a mark, NUL-terminated, then zero to the end of the sector
 * </pre>
 *
 * <p>All sector numbers and counts are in units of the log's sectorsize. A payload of nr_sectors follows a write; none follows a
 * discard, a mark or an empty flush. FLUSH on a write means that a flush comes before it.
 */
final class LogWritesFormat {

    static final long MAGIC = 0x006A736677736872L;
    static final long VERSION = 1;

    static final int SUPER_MAGIC = 0;
    static final int SUPER_VERSION = 8;
    static final int SUPER_ENTRY_COUNT = 16;
    static final int SUPER_SECTOR_BYTES = 24;

    static final int ENTRY_SECTOR = 0;
    static final int ENTRY_SECTOR_COUNT = 8;
    static final int ENTRY_FLAGS = 16;
    static final int ENTRY_DATA_LENGTH = 24;
    static final int ENTRY_TEXT = 32;

    static final long FLUSH = 1;
    static final long FUA = 2;
    static final long DISCARD = 4;
    static final long MARK = 8;
    static final long METADATA = 16;
    static final long ALL_FLAGS = FLUSH | FUA | DISCARD | MARK | METADATA;

    /** Logical block sizes that Linux supports for devices reach from 512 bytes to the largest page, 64 KiB. */
    static final int MAX_SECTOR_BYTES = 1 << 16;

    /** The length of a request of the Linux block layer is 32 bits wide (bi_size). */
    static final long MAX_PAYLOAD_BYTES = 0xFFFF_FFFFL;

    /**
     * A text that does not fit into one mark is continued by the next entry, also a mark, when it ends with this byte (ASCII
     * ETB, "end of transmission block"). This is an agreement among logs of Powercut; the kernel's marks are short.
     */
    static final byte CONTINUED = 0x17;

    /** Longest text put together from continued marks: beyond it something else is meant. */
    static final int MAX_TEXT_BYTES = 1 << 20;

    /** Kind of blocks that the METADATA flag marks. */
    static final BlockKind KIND_METADATA = new BlockKind("metadata");

    /** Kind of all other blocks. */
    static final BlockKind KIND_DATA = new BlockKind("data");

    static final Cause CAUSE_METADATA = new Cause(KIND_METADATA, new Trigger.Recorded());
    static final Cause CAUSE_DATA = new Cause(KIND_DATA, new Trigger.Recorded());
    static final Cause CAUSE_FLUSH = new Cause(new BlockKind("flush"), new Trigger.Recorded());

    private LogWritesFormat() {}

    static boolean isSectorSize(int bytes) {
        return bytes >= Sector.BYTES && bytes <= MAX_SECTOR_BYTES && Integer.bitCount(bytes) == 1;
    }
}
