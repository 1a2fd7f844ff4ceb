package dev.powercut.bridge.logwrites;

import static dev.powercut.bridge.logwrites.LogWritesFormat.DISCARD;
import static dev.powercut.bridge.logwrites.LogWritesFormat.FLUSH;
import static dev.powercut.bridge.logwrites.LogWritesFormat.FUA;
import static dev.powercut.bridge.logwrites.LogWritesFormat.MARK;
import static dev.powercut.bridge.logwrites.LogWritesFormat.METADATA;

import dev.powercut.campaign.FileErrors;
import dev.powercut.campaign.config.InputFile;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.WriteLog;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dm-log-writes log as a stream of {@link LogEntry entries}, in the order of the log, numbered from 0.
 *
 * <p>A write whose FLUSH flag is set comes as a flush and then the write. Addresses are turned from the log's sector size into
 * 512-byte sectors. The METADATA flag becomes the kind of the write's cause, {@code metadata} or {@code data}. A mark is a
 * {@link RecordedMark}. Every method throws {@link LogFormatException} where the log is not sound.
 */
public final class LogWritesReader implements AutoCloseable {

    private static final int PAYLOAD_STEP_BYTES = 1 << 16;
    private static final int GZIP_BUFFER_BYTES = 1 << 16;

    /** Rough heap that one sector of a log's payload takes when a whole log is held in memory. */
    private static final long HEAP_BYTES_PER_SECTOR = 600;

    private final LogInput in;
    private final long deviceSectorCount;
    private final long entryCount;
    private final int logSectorBytes;
    private final int sectorsPerLogSector;
    private final byte[] header;
    private final byte[] payload = new byte[PAYLOAD_STEP_BYTES];
    private final ArrayDeque<LogEntry> ready = new ArrayDeque<>();
    private long entriesRead;
    private long entryOffsetBytes;
    private long sequence;

    private LogWritesReader(LogInput in, long deviceSectorCount) {
        this.in = in;
        this.deviceSectorCount = deviceSectorCount;
        LogSuperblock superblock = LogSuperblock.read(in);
        this.entryCount = superblock.entryCount();
        this.logSectorBytes = superblock.sectorBytes();
        this.sectorsPerLogSector = logSectorBytes / Sector.BYTES;
        this.header = new byte[logSectorBytes];
    }

    /**
     * Opens a log; one whose name ends in {@code .gz} is unpacked on the way.
     *
     * @param deviceSectorCount size of the device that the log is of, in 512-byte sectors: no entry may go beyond it
     */
    public static LogWritesReader open(Path log, long deviceSectorCount) {
        String name = log.toString();
        if (Files.isDirectory(log)) {
            throw new LogFormatException(name, 0, "is a directory", "give a dump of the log device");
        }
        if (InputFile.mayNeverEnd(log)) {
            throw new LogFormatException(name, 0, "is a pipe, not a file", "give a dump of the log device");
        }
        try {
            InputStream file = Files.newInputStream(log);
            try {
                InputStream bytes = name.endsWith(".gz") ? new GZIPInputStream(file, GZIP_BUFFER_BYTES) : file;
                return open(bytes, name, deviceSectorCount);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new LogFormatException(name, 0, "there is no such file", "check the path");
        } catch (ZipException | EOFException e) {
            throw new LogFormatException(
                    name, 0, "is named .gz, but has no gzip header", "pack it, or name it without .gz");
        } catch (IOException e) {
            throw new LogFormatException(
                    name, 0, "cannot be opened: " + FileErrors.reason(e), "check the file and its mode");
        }
    }

    /**
     * Reads a log from a stream of unpacked bytes.
     *
     * @param name what to call the log in messages
     * @param deviceSectorCount size of the device that the log is of, in 512-byte sectors
     */
    public static LogWritesReader open(InputStream in, String name, long deviceSectorCount) {
        return new LogWritesReader(new LogInput(name, in), deviceSectorCount);
    }

    /** Reads a whole log into memory, on a base image. */
    public static WriteLog read(Path log, DiskImage base) {
        try (LogWritesReader reader = open(log, base.sectorCount())) {
            return reader.readAll(base);
        }
    }

    /** Reads what is left of the log into memory, on a base image; refused when it takes more than half of the heap. */
    public WriteLog readAll(DiskImage base) {
        return readAll(base, Runtime.getRuntime().maxMemory() / 2 / HEAP_BYTES_PER_SECTOR);
    }

    /**
     * Reads what is left of the log into memory.
     *
     * @param sectorLimit how many sectors that are not zero may be held
     */
    WriteLog readAll(DiskImage base, long sectorLimit) {
        WriteLog log = new WriteLog(base);
        long held = 0;
        for (LogEntry entry = next(); entry != null; entry = next()) {
            if (entry instanceof LogEntry.Write write) {
                for (Sector sector : write.contents()) {
                    held += sector.isZero() ? 0 : 1;
                }
            }
            if (held > sectorLimit) {
                throw in.exception(
                        entryOffsetBytes,
                        "the log holds more than " + sectorLimit * Sector.BYTES + " bytes, too many to keep in memory",
                        "give Java more memory with -Xmx, or replay the log as a stream");
            }
            log.add(entry);
        }
        return log;
    }

    /** How many entries the superblock counts. */
    public long entryCount() {
        return entryCount;
    }

    /** How many 512-byte sectors the device wrote at once: 1, or 8 for a device of 4096-byte sectors. */
    public int sectorsPerLogSector() {
        return sectorsPerLogSector;
    }

    /** Number in the log of the entry that the last {@link #next} came from, from 0. */
    public long entryNumber() {
        return entriesRead - 1;
    }

    /** Where in the (unpacked) log that entry begins. */
    public long entryOffsetBytes() {
        return entryOffsetBytes;
    }

    /** The next entry, or null at the end of a log that is sound to its end. */
    public @Nullable LogEntry next() {
        while (ready.isEmpty()) {
            if (entriesRead == entryCount) {
                checkEnd();
                return null;
            }
            readEntry();
        }
        return ready.poll();
    }

    private void readEntry() {
        readHeader();
        long flags = LittleEndian.s64(header, LogWritesFormat.ENTRY_FLAGS);
        if ((flags & ~LogWritesFormat.ALL_FLAGS) != 0) {
            throw corrupt(LogWritesFormat.ENTRY_FLAGS, "has unknown flags " + Long.toHexString(flags));
        }
        if ((flags & MARK) != 0) {
            readMark(flags);
            return;
        }
        if (!LittleEndian.isZero(
                header, LogWritesFormat.ENTRY_DATA_LENGTH, logSectorBytes - LogWritesFormat.ENTRY_DATA_LENGTH)) {
            throw corrupt(LogWritesFormat.ENTRY_DATA_LENGTH, "has data in its header, but is no mark");
        }
        long first = LittleEndian.s64(header, LogWritesFormat.ENTRY_SECTOR);
        long count = LittleEndian.s64(header, LogWritesFormat.ENTRY_SECTOR_COUNT);
        if ((flags & FLUSH) != 0) {
            ready.add(new LogEntry.Flush(sequence++, LogWritesFormat.CAUSE_FLUSH));
        }
        if (count == 0) {
            if ((flags & FLUSH) == 0) {
                throw corrupt(LogWritesFormat.ENTRY_SECTOR_COUNT, "has no sectors, and is neither flush nor mark");
            }
            return;
        }
        checkRange(first, count, (flags & DISCARD) == 0);
        Cause cause = (flags & METADATA) != 0 ? LogWritesFormat.CAUSE_METADATA : LogWritesFormat.CAUSE_DATA;
        long sector = first * sectorsPerLogSector;
        if ((flags & DISCARD) != 0) {
            ready.add(new LogEntry.Discard(sequence++, sector, count * sectorsPerLogSector, cause));
        } else {
            Sector[] contents = readPayload(count * logSectorBytes);
            ready.add(new LogEntry.Write(sequence++, sector, contents, (flags & FUA) != 0, cause));
        }
    }

    private void readHeader() {
        entryOffsetBytes = in.positionBytes();
        int count = in.read(header, logSectorBytes);
        if (count == 0) {
            throw in.exception(
                    entryOffsetBytes,
                    "the log ends after " + entriesRead + " entries, but its superblock counts " + entryCount,
                    "copy the log again, whole; to replay what is there, write " + entriesRead
                            + " as a little-endian u64 at byte " + LogWritesFormat.SUPER_ENTRY_COUNT);
        }
        entriesRead++;
        if (count < logSectorBytes) {
            throw corrupt(count, "is torn: the log ends within its header of " + logSectorBytes + " bytes");
        }
    }

    private void checkRange(long first, long count, boolean hasPayload) {
        long limit = deviceSectorCount / sectorsPerLogSector;
        if (first < 0 || count < 0 || count > limit || first > limit - count) {
            throw in.exception(
                    entryOffsetBytes,
                    "entry " + entryNumber() + " is about " + Long.toUnsignedString(count) + " sectors from "
                            + Long.toUnsignedString(first) + ", but the base image has " + limit + " sectors of "
                            + logSectorBytes + " bytes",
                    "give the base image that the log was recorded on");
        }
        if (hasPayload && count > LogWritesFormat.MAX_PAYLOAD_BYTES / logSectorBytes) {
            throw corrupt(LogWritesFormat.ENTRY_SECTOR_COUNT, "has " + count + " sectors, more than one request can");
        }
    }

    /** Reads in steps, so that a count which the log cannot make good costs no memory. */
    private Sector[] readPayload(long lengthBytes) {
        Sector[] contents = new Sector[(int) (Math.min(lengthBytes, PAYLOAD_STEP_BYTES) / Sector.BYTES)];
        int filled = 0;
        long left = lengthBytes;
        while (left > 0) {
            int step = (int) Math.min(left, PAYLOAD_STEP_BYTES);
            int count = in.read(payload, step);
            if (count < step) {
                throw corrupt(
                        in.positionBytes() - entryOffsetBytes,
                        "is torn: the log ends after " + (lengthBytes - left + count) + " of the " + lengthBytes
                                + " bytes that it wrote");
            }
            if (filled + step / Sector.BYTES > contents.length) {
                int doubled = (int) Math.min(contents.length * 2L, lengthBytes / Sector.BYTES);
                contents = Arrays.copyOf(contents, doubled);
            }
            for (int at = 0; at < step; at += Sector.BYTES) {
                contents[filled++] = Sector.copyOf(payload, at);
            }
            left -= step;
        }
        return contents;
    }

    private void readMark(long flags) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean continued = takeMarkText(flags, text);
        while (continued) {
            if (entriesRead == entryCount) {
                throw corrupt(LogWritesFormat.ENTRY_TEXT, "is a mark that goes on, but no entry follows it");
            }
            readHeader();
            continued = takeMarkText(LittleEndian.s64(header, LogWritesFormat.ENTRY_FLAGS), text);
            if (text.size() > LogWritesFormat.MAX_TEXT_BYTES) {
                throw corrupt(
                        LogWritesFormat.ENTRY_TEXT,
                        "makes a mark longer than " + LogWritesFormat.MAX_TEXT_BYTES + " bytes");
            }
        }
        byte[] bytes = text.toByteArray();
        if (bytes.length > 0 && bytes[bytes.length - 1] == LogWritesFormat.CONTINUED) {
            throw corrupt(LogWritesFormat.ENTRY_TEXT, "ends a mark whose text so far says that it goes on");
        }
        ready.add(new LogEntry.Mark(sequence++, new RecordedMark(FileName.fromBytes(bytes, 0, bytes.length))));
    }

    /** Adds the text of the mark in {@link #header}; true when the next entry goes on with it. */
    private boolean takeMarkText(long flags, ByteArrayOutputStream text) {
        if (flags != MARK) {
            throw corrupt(
                    LogWritesFormat.ENTRY_FLAGS,
                    "should be a mark and nothing else, but has flags " + Long.toHexString(flags));
        }
        if (!LittleEndian.isZero(
                header, LogWritesFormat.ENTRY_SECTOR, LogWritesFormat.ENTRY_FLAGS - LogWritesFormat.ENTRY_SECTOR)) {
            throw corrupt(LogWritesFormat.ENTRY_SECTOR, "is a mark, but names sectors");
        }
        int end = LogWritesFormat.ENTRY_TEXT;
        while (end < logSectorBytes && header[end] != 0) {
            end++;
        }
        if (end == logSectorBytes) {
            throw corrupt(LogWritesFormat.ENTRY_TEXT, "is a mark whose text has no NUL at its end");
        }
        int length = end - LogWritesFormat.ENTRY_TEXT;
        long declared = LittleEndian.s64(header, LogWritesFormat.ENTRY_DATA_LENGTH);
        // The kernel counts without the NUL; others may count it, or not care.
        if (declared != length && declared != length + 1 && declared != 0) {
            throw corrupt(
                    LogWritesFormat.ENTRY_DATA_LENGTH,
                    "is a mark of " + length + " bytes, but says " + Long.toUnsignedString(declared));
        }
        boolean continued = length > 0 && header[end - 1] == LogWritesFormat.CONTINUED;
        text.write(header, LogWritesFormat.ENTRY_TEXT, continued ? length - 1 : length);
        return continued;
    }

    /** A dump of a log device may go on with zeroes; anything else after the last entry was not counted. */
    private void checkEnd() {
        long end = in.positionBytes();
        int count = in.read(payload, PAYLOAD_STEP_BYTES);
        while (count > 0) {
            if (!LittleEndian.isZero(payload, 0, count)) {
                throw in.exception(
                        end,
                        "the superblock counts " + entryCount + " entries, which end here, but the log goes on",
                        "if what follows is left over from an older use of the log device, cut it off: truncate -s "
                                + end);
            }
            count = in.read(payload, PAYLOAD_STEP_BYTES);
        }
    }

    private LogFormatException corrupt(long offsetInEntry, String problem) {
        return in.exception(
                entryOffsetBytes + offsetInEntry,
                "entry " + entryNumber() + " " + problem,
                "copy the log again, or record it again");
    }

    @Override
    public void close() {
        in.close();
    }
}
