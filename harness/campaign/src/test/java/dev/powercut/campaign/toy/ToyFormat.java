package dev.powercut.campaign.toy;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The toy's disk: two places for a snapshot of everything, used in turn.
 *
 * <pre>
 * sector 0, 1      header of snapshot 0, 1: magic, generation, length in bytes, hash of the snapshot
 * sector 2         byte 0: 1 while mounted and written to; byte 1: recoveries; byte 2: spoilt
 * sector 16 …      snapshot 0
 * sector 2048 …    snapshot 1
 * </pre>
 */
final class ToyFormat {

    static final long SECTORS = 4096;
    static final int STATE_SECTOR = 2;
    static final int UNCLEAN = 0;
    static final int RECOVERIES = 1;
    static final int SPOILT = 2;

    private static final long MAGIC = 0x546F_7946_696C_6573L;
    private static final long[] PLACES = {16, 2048};

    static final BlockKind HEADER = new BlockKind("header");
    static final BlockKind SNAPSHOT = new BlockKind("snapshot");
    static final BlockKind STATE = new BlockKind("state");

    record Header(int place, long generation, int length, long hash) {}

    private ToyFormat() {}

    /** The newest header, or null when there is none. */
    static @Nullable Header newest(BlockDevice device) {
        Header best = null;
        for (int place = 0; place < PLACES.length; place++) {
            ByteBuffer bytes = ByteBuffer.wrap(read(device, place, 1));
            if (bytes.getLong() == MAGIC) {
                Header header = new Header(place, bytes.getLong(), bytes.getInt(), bytes.getLong());
                best = best == null || header.generation > best.generation ? header : best;
            }
        }
        return best;
    }

    /** The snapshot that a header speaks of, or null when it is not there whole. */
    static byte @Nullable [] snapshot(BlockDevice device, Header header) {
        int sectors = (header.length + Sector.BYTES - 1) / Sector.BYTES;
        byte[] bytes = Arrays.copyOf(read(device, PLACES[header.place], sectors), header.length);
        return hash(bytes) == header.hash ? bytes : null;
    }

    /** Writes a snapshot and its header; in the wrong order if asked to. */
    static void write(BlockDevice device, long generation, byte[] snapshot, boolean headerFirst, Cause cause) {
        int place = (int) (generation % PLACES.length);
        byte[] header = new byte[Sector.BYTES];
        ByteBuffer.wrap(header)
                .putLong(MAGIC)
                .putLong(generation)
                .putInt(snapshot.length)
                .putLong(hash(snapshot));
        int sectors = (snapshot.length + Sector.BYTES - 1) / Sector.BYTES;
        if (headerFirst) {
            device.write(place, 1, header, 0, new Cause(HEADER, cause.trigger(), cause.dirtied()));
        }
        device.write(PLACES[place], sectors, Arrays.copyOf(snapshot, sectors * Sector.BYTES), 0, cause);
        if (!headerFirst) {
            device.write(place, 1, header, 0, new Cause(HEADER, cause.trigger(), cause.dirtied()));
        }
    }

    static byte[] state(BlockDevice device) {
        return read(device, STATE_SECTOR, 1);
    }

    static void writeState(BlockDevice device, byte[] state, Cause cause) {
        device.write(STATE_SECTOR, 1, state, 0, new Cause(STATE, cause.trigger(), cause.dirtied()));
    }

    private static byte[] read(BlockDevice device, long sector, int count) {
        byte[] bytes = new byte[count * Sector.BYTES];
        device.read(sector, count, bytes, 0);
        return bytes;
    }

    private static long hash(byte[] bytes) {
        long hash = 1125899906842597L;
        for (byte one : bytes) {
            hash = hash * 31 + one;
        }
        return hash;
    }

    static DataInputStream reading(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** Reading and writing in memory does not fail. */
    static UncheckedIOException impossible(IOException e) {
        return new UncheckedIOException(e);
    }
}
