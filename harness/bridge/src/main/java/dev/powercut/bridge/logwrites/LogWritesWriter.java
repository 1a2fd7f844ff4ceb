package dev.powercut.bridge.logwrites;

import dev.powercut.kernel.vfs.FileName;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.WriteLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * Stores a {@link WriteLog} as a dm-log-writes log with 512-byte sectors, which {@link LogWritesReader} and the tools of
 * others read. Kept are all writes with their FUA flag, flushes, discards, and the texts of marks; of a cause, whether its
 * block is metadata. The base image is not part of a log.
 */
public final class LogWritesWriter {

    private static final int TEXT_BYTES = Sector.BYTES - LogWritesFormat.ENTRY_TEXT - 1;

    private final OutputStream out;
    private final byte[] sector = new byte[Sector.BYTES];

    private LogWritesWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Stores a log in a file, which is replaced; packed when its name ends in {@code .gz}.
     *
     * @throws IllegalArgumentException when a mark's text has a character that marks cannot hold: NUL, or ETB at an end
     */
    public static void write(WriteLog log, Path file) throws IOException {
        try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            if (file.toString().endsWith(".gz")) {
                try (GZIPOutputStream packed = new GZIPOutputStream(bytes, 1 << 16)) {
                    write(log, packed);
                }
            } else {
                write(log, bytes);
            }
        }
    }

    /** Stores a log in a stream, which stays open. */
    public static void write(WriteLog log, OutputStream out) throws IOException {
        LogWritesWriter writer = new LogWritesWriter(out);
        long count = 0;
        for (LogEntry entry : log.entries()) {
            count += recordCount(entry);
        }
        writer.superblock(count);
        for (LogEntry entry : log.entries()) {
            writer.entry(entry);
        }
    }

    /** How many entries of the format one of ours becomes. */
    private static long recordCount(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> write.contents().length > 0 ? 1 : 0;
            case LogEntry.Flush flush -> 1;
            case LogEntry.Discard discard -> discard.count() > 0 ? 1 : 0;
            case LogEntry.Mark mark -> {
                int pieces = 0;
                byte[] text = textOf(mark);
                int at = 0;
                do {
                    at = pieceEnd(text, at);
                    pieces++;
                } while (at < text.length);
                yield pieces;
            }
        };
    }

    private void superblock(long entryCount) throws IOException {
        Arrays.fill(sector, (byte) 0);
        LittleEndian.put64(sector, LogWritesFormat.SUPER_MAGIC, LogWritesFormat.MAGIC);
        LittleEndian.put64(sector, LogWritesFormat.SUPER_VERSION, LogWritesFormat.VERSION);
        LittleEndian.put64(sector, LogWritesFormat.SUPER_ENTRY_COUNT, entryCount);
        LittleEndian.put32(sector, LogWritesFormat.SUPER_SECTOR_BYTES, Sector.BYTES);
        out.write(sector);
    }

    private void entry(LogEntry entry) throws IOException {
        if (recordCount(entry) == 0) {
            return;
        }
        switch (entry) {
            case LogEntry.Write write -> {
                long fua = write.fua() ? LogWritesFormat.FUA : 0;
                header(write.sector(), write.contents().length, fua | metadata(write.cause()));
                out.write(sector);
                for (Sector contents : write.contents()) {
                    contents.copyTo(sector, 0);
                    out.write(sector);
                }
            }
            case LogEntry.Flush flush -> {
                header(0, 0, LogWritesFormat.FLUSH);
                out.write(sector);
            }
            case LogEntry.Discard discard -> {
                header(discard.sector(), discard.count(), LogWritesFormat.DISCARD | metadata(discard.cause()));
                out.write(sector);
            }
            case LogEntry.Mark mark -> mark(textOf(mark));
        }
    }

    private static long metadata(Cause cause) {
        return cause.kind().equals(LogWritesFormat.KIND_DATA) ? 0 : LogWritesFormat.METADATA;
    }

    private void header(long first, long count, long flags) {
        Arrays.fill(sector, (byte) 0);
        LittleEndian.put64(sector, LogWritesFormat.ENTRY_SECTOR, first);
        LittleEndian.put64(sector, LogWritesFormat.ENTRY_SECTOR_COUNT, count);
        LittleEndian.put64(sector, LogWritesFormat.ENTRY_FLAGS, flags);
    }

    private void mark(byte[] text) throws IOException {
        int at = 0;
        do {
            int end = pieceEnd(text, at);
            boolean continued = end < text.length;
            int length = end - at;
            header(0, 0, LogWritesFormat.MARK);
            System.arraycopy(text, at, sector, LogWritesFormat.ENTRY_TEXT, length);
            if (continued) {
                sector[LogWritesFormat.ENTRY_TEXT + length++] = LogWritesFormat.CONTINUED;
            }
            LittleEndian.put64(sector, LogWritesFormat.ENTRY_DATA_LENGTH, length);
            out.write(sector);
            at = end;
        } while (at < text.length);
    }

    /** Where the piece of a text that begins at {@code from} ends, so that it fits into one mark. */
    private static int pieceEnd(byte[] text, int from) {
        return text.length - from <= TEXT_BYTES ? text.length : from + TEXT_BYTES - 1;
    }

    private static byte[] textOf(LogEntry.Mark mark) {
        byte[] text = FileName.toBytes(mark.event().text());
        int last = text.length - 1;
        for (int i = 0; i <= last; i++) {
            if (text[i] == 0 || i == last && text[i] == LogWritesFormat.CONTINUED) {
                throw new IllegalArgumentException("a mark cannot hold byte " + text[i] + " at place " + i
                        + " of its text: " + mark.event().text());
            }
        }
        if (text.length > LogWritesFormat.MAX_TEXT_BYTES) {
            throw new IllegalArgumentException(
                    "a mark cannot be longer than " + LogWritesFormat.MAX_TEXT_BYTES + " bytes");
        }
        return text;
    }
}
