package dev.powercut.targets.logfs.fs;

import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.Summary;

/** Reads the log from the newest checkpoint on, one partial write after the other: cases A to G of {@link Format}. */
final class LogReader {

    private final Volume volume;
    private final Geometry geometry;
    private final int size;
    private byte[] b;
    private int address;
    private int addressEnd;
    private long sequence;

    // The log's end: behind the last group that is complete.
    private int endAddress;
    private int endLimit;
    private long endSequence;
    private long endNanos;
    private int openWrites;

    /** Counted only where they are not checked. */
    private int summariesRead;

    LogReader(Volume volume) {
        this.volume = volume;
        this.geometry = volume.geometry;
        this.size = geometry.blockSizeBytes();
        this.b = new byte[size];
        address = volume.mounted.nextBlock();
        addressEnd = volume.mounted.nextEnd();
        sequence = volume.mounted.nextSequence();
        markEnd();
    }

    private void markEnd() {
        endAddress = address;
        endLimit = addressEnd;
        endSequence = sequence;
        openWrites = 0;
    }

    /** Reads the next partial write into {@link #bytes}; false when the log has ended. */
    boolean read() {
        int sectors = geometry.sectorsPerBlock();
        volume.device.read((long) address * sectors, sectors, b, 0);
        if (!Summary.isPlausible(geometry, b, 0, address) || !isNext()) { // case A
            return false;
        }
        int count = Summary.count(b, 0);
        if (b.length < (1 + count) * size) {
            b = java.util.Arrays.copyOf(b, Math.max(2 * b.length, (1 + count) * size));
        }
        if (count > 0) {
            volume.device.read((long) (address + 1) * sectors, count * sectors, b, size);
        }
        return !volume.rules.checksPayloads() || Summary.isPayloadWhole(geometry, volume.checksum, b, 0); // case D
    }

    private boolean isNext() {
        if (!volume.rules.checksSummaries()) {
            // What is old may lead round in a circle.
            return summariesRead++ < geometry.blockCount();
        }
        return Summary.isSound(geometry, volume.checksum, b, 0) // case B when not
                && Summary.checkpoint(b, 0) == volume.mounted.sequence() // case C when not
                && Summary.sequence(b, 0) == sequence
                && !Summary.isOfRecovery(b, 0);
    }

    /** The partial write that was read: summary and payload. */
    byte[] bytes() {
        return b;
    }

    /** Where it is. */
    int address() {
        return address;
    }

    int count() {
        return Summary.count(b, 0);
    }

    /** Goes on to the next one; true when a group is complete with this one: cases E and F. */
    boolean advance() {
        boolean ends = Summary.isEnd(b, 0);
        address = Summary.next(b, 0);
        addressEnd = Summary.nextEnd(b, 0);
        sequence++;
        openWrites++;
        if (ends) {
            endNanos = Summary.timeNanos(b, 0);
            markEnd();
        }
        return ends;
    }

    /** How many partial writes at the end belong to no complete group: case G. */
    int openWrites() {
        return openWrites;
    }

    int endAddress() {
        return endAddress;
    }

    int endLimit() {
        return endLimit;
    }

    long endSequence() {
        return endSequence;
    }

    /** When the last complete group was written. */
    long endNanos() {
        return endNanos;
    }
}
