package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.BigEndian;
import java.util.Arrays;

/**
 * Fills descriptor blocks: {@link #start}; {@link #add} for each data block, in the order in which they follow in the log; {@link
 * #finish}. Used again for each block.
 */
public final class DescriptorWriter {

    private final JournalGeometry geometry;
    private final JournalChecksums checksums;
    private final byte[] uuid;
    private byte[] block = new byte[0];
    private int sequence;
    private int count;
    private int lastTag;
    private int at;

    public DescriptorWriter(JournalGeometry geometry, JournalChecksums checksums) {
        this.geometry = geometry;
        this.checksums = checksums;
        this.uuid = geometry.uuid();
    }

    /** Begins a descriptor of a transaction in {@code target}, which is of the journal's block size and filled anew. */
    public void start(byte[] target, int ofSequence) {
        block = target;
        sequence = ofSequence;
        count = 0;
        Arrays.fill(block, (byte) 0);
        JournalBlock.putHeader(block, 0, JournalFormat.TYPE_DESCRIPTOR, sequence);
        at = JournalFormat.HEADER_BYTES;
    }

    public int count() {
        return count;
    }

    /** Whether {@link #add} may follow. */
    public boolean hasRoom() {
        return count < geometry.mostTags();
    }

    /**
     * Adds a data block.
     *
     * @param homeBlock where it belongs on the volume
     * @param logged as it goes to the log, escaped when need be, from {@code offset} on
     * @param escaped whether its magic was taken out
     */
    public void add(int homeBlock, byte[] logged, int offset, boolean escaped) {
        if (!hasRoom()) {
            throw new IllegalStateException("the descriptor is full with " + count + " tags");
        }
        int flags = (count == 0 ? 0 : JournalFormat.FLAG_SAME_UUID) | (escaped ? JournalFormat.FLAG_ESCAPE : 0);
        lastTag = at;
        BigEndian.put32(block, at + JournalFormat.T_BLOCKNR, homeBlock);
        putFlags(flags);
        switch (geometry.checksum()) {
            case NONE, COMMIT -> {}
            case V2 ->
                BigEndian.put16(
                        block,
                        at + JournalFormat.T_CHECKSUM_V2,
                        checksums.data(sequence, logged, offset, geometry.blockSizeBytes()));
            case V3 ->
                BigEndian.put32(
                        block,
                        at + JournalFormat.T_CHECKSUM_V3,
                        checksums.data(sequence, logged, offset, geometry.blockSizeBytes()));
        }
        at += geometry.tagBytes();
        if (count == 0) {
            System.arraycopy(uuid, 0, block, at, uuid.length);
            at += uuid.length;
        }
        count++;
    }

    private void putFlags(int flags) {
        if (geometry.checksum() == JournalChecksum.V3) {
            BigEndian.put32(block, lastTag + JournalFormat.T_FLAGS_V3, flags);
        } else {
            BigEndian.put16(block, lastTag + JournalFormat.T_FLAGS, flags);
        }
    }

    /** Marks the last tag, and puts the checksum into the tail, if there is one. The block is ready for the log. */
    public void finish() {
        if (count == 0) {
            throw new IllegalStateException("a descriptor without a tag");
        }
        int flags = geometry.checksum() == JournalChecksum.V3
                ? BigEndian.s32(block, lastTag + JournalFormat.T_FLAGS_V3)
                : BigEndian.u16(block, lastTag + JournalFormat.T_FLAGS);
        putFlags(flags | JournalFormat.FLAG_LAST_TAG);
        if (geometry.checksum().isPerBlock()) {
            checksums.sealTail(block);
        }
    }
}
