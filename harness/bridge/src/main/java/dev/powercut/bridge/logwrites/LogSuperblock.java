package dev.powercut.bridge.logwrites;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Sector;

/**
 * The superblock of a log.
 *
 * @param entryCount how many entries follow
 * @param sectorBytes the log's sector size: of its headers, and the unit of addresses and counts
 */
record LogSuperblock(long entryCount, int sectorBytes) {

    private static final String DUMP = "give the whole dump of the log device";
    private static final String RECORD_AGAIN = "record the log again";

    /** Reads the superblock, to the end of its log sector. */
    static LogSuperblock read(LogInput in) {
        byte[] start = new byte[Sector.BYTES];
        int count = in.read(start, start.length);
        if (count < start.length) {
            throw in.exception(count, "the log ends within its superblock of " + Sector.BYTES + " bytes", DUMP);
        }
        checkMagicAndVersion(in, start);
        LogSuperblock superblock = new LogSuperblock(entryCount(in, start), sectorBytes(in, start));
        int rest = superblock.sectorBytes - Sector.BYTES;
        if (in.read(new byte[rest], rest) < rest) {
            throw in.exception(
                    in.positionBytes(),
                    "the log ends within its superblock of " + superblock.sectorBytes + " bytes",
                    DUMP);
        }
        return superblock;
    }

    private static void checkMagicAndVersion(LogInput in, byte[] start) {
        long magic = LittleEndian.s64(start, LogWritesFormat.SUPER_MAGIC);
        if (magic != LogWritesFormat.MAGIC) {
            throw in.exception(
                    LogWritesFormat.SUPER_MAGIC,
                    String.format(
                            "the magic number is %016x, not %016x: this is no dm-log-writes log",
                            magic, LogWritesFormat.MAGIC),
                    "give the dump of the log device as the log, and the image of the logged device as the base");
        }
        long version = LittleEndian.s64(start, LogWritesFormat.SUPER_VERSION);
        if (version != LogWritesFormat.VERSION) {
            throw in.exception(
                    LogWritesFormat.SUPER_VERSION,
                    "the version is " + Long.toUnsignedString(version) + ", only version " + LogWritesFormat.VERSION
                            + " is known",
                    "record the log with a kernel that writes version " + LogWritesFormat.VERSION);
        }
    }

    private static long entryCount(LogInput in, byte[] start) {
        long count = LittleEndian.s64(start, LogWritesFormat.SUPER_ENTRY_COUNT);
        if (count < 0) {
            throw in.exception(
                    LogWritesFormat.SUPER_ENTRY_COUNT,
                    "the superblock counts " + Long.toUnsignedString(count) + " entries, more than any log can hold",
                    RECORD_AGAIN);
        }
        return count;
    }

    private static int sectorBytes(LogInput in, byte[] start) {
        int bytes = LittleEndian.s32(start, LogWritesFormat.SUPER_SECTOR_BYTES);
        if (!LogWritesFormat.isSectorSize(bytes)) {
            throw in.exception(
                    LogWritesFormat.SUPER_SECTOR_BYTES,
                    "the sector size is " + Integer.toUnsignedString(bytes) + ", not a power of two from "
                            + Sector.BYTES + " to " + LogWritesFormat.MAX_SECTOR_BYTES,
                    RECORD_AGAIN);
        }
        return bytes;
    }
}
