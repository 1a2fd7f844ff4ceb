package dev.powercut.targets.logfs.fsck;

import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Summary;

/**
 * A partial write whose summary is sound.
 *
 * @param bytes summary and payload
 * @param address block of the summary
 * @param whole whether the payload is as its checksum says
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not compared.
record PartialWrite(
        byte[] bytes,
        int address,
        long checkpoint,
        long sequence,
        int next,
        int nextEnd,
        int count,
        boolean isEnd,
        boolean isOfRecovery,
        boolean whole) {

    /** The partial write whose summary is in a block; null when there is none (cases A and B of {@link Format}). */
    static @org.jspecify.annotations.Nullable PartialWrite at(Volume volume, int address, byte[] summary) {
        if (!Summary.isPlausible(volume.geometry, summary, 0, address)
                || !Summary.isSound(volume.geometry, volume.checksum, summary, 0)) {
            return null;
        }
        int size = volume.blockSize();
        int count = Summary.count(summary, 0);
        byte[] all = java.util.Arrays.copyOf(summary, (1 + count) * size);
        if (count > 0) {
            volume.read(address + 1, count, all, size);
        }
        boolean whole = Summary.isPayloadWhole(volume.geometry, volume.checksum, all, 0);
        return new PartialWrite(
                all,
                address,
                Summary.checkpoint(all, 0),
                Summary.sequence(all, 0),
                Summary.next(all, 0),
                Summary.nextEnd(all, 0),
                count,
                Summary.isEnd(all, 0),
                Summary.isOfRecovery(all, 0),
                whole);
    }

    int kind(int index) {
        return Summary.kind(bytes, 0, index);
    }

    int inode(int index) {
        return Summary.inode(bytes, 0, index);
    }

    long version(int index) {
        return Summary.version(bytes, 0, index);
    }

    long offset(int index) {
        return Summary.offset(bytes, 0, index);
    }

    /** First block behind the payload. */
    int end() {
        return address + 1 + count;
    }
}
