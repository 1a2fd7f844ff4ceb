package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.BigEndian;
import java.util.Arrays;

/** Fills and reads revoke blocks: whole blocks, whose measures a {@link JournalGeometry} gives. */
public final class RevokeBlock {

    private RevokeBlock() {}

    /** Begins a revoke block of a transaction, filled anew. */
    public static void start(byte[] block, int sequence) {
        Arrays.fill(block, (byte) 0);
        JournalBlock.putHeader(block, 0, JournalFormat.TYPE_REVOKE, sequence);
        BigEndian.put32(block, JournalFormat.R_COUNT, JournalFormat.REVOKE_HEADER_BYTES);
    }

    /** Adds a home block that must not be replayed from this or an earlier transaction. At most {@link JournalGeometry#mostRevokes}. */
    public static void add(JournalGeometry geometry, byte[] block, int homeBlock) {
        int at = BigEndian.s32(block, JournalFormat.R_COUNT);
        int end = at + geometry.revokeBytes();
        if (end > geometry.usableBytes()) {
            throw new IllegalStateException("the revoke block is full");
        }
        if (geometry.is64Bit()) {
            BigEndian.put64(block, at, Integer.toUnsignedLong(homeBlock));
        } else {
            BigEndian.put32(block, at, homeBlock);
        }
        BigEndian.put32(block, JournalFormat.R_COUNT, end);
    }

    /** Puts the checksum into the tail, if there is one. The block is ready for the log. */
    public static void finish(JournalGeometry geometry, JournalChecksums checksums, byte[] block) {
        if (geometry.checksum().isPerBlock()) {
            checksums.sealTail(block);
        }
    }

    /** Home blocks in a revoke block; -1 when its count is not one that the block can have. */
    public static int count(JournalGeometry geometry, byte[] block) {
        int bytes = BigEndian.s32(block, JournalFormat.R_COUNT);
        if (bytes < JournalFormat.REVOKE_HEADER_BYTES || bytes > geometry.usableBytes()) {
            return -1;
        }
        return (bytes - JournalFormat.REVOKE_HEADER_BYTES) / geometry.revokeBytes();
    }

    /** One of the home blocks, unsigned 32 bits or 64 bits. */
    public static long homeBlock(JournalGeometry geometry, byte[] block, int index) {
        int at = JournalFormat.REVOKE_HEADER_BYTES + index * geometry.revokeBytes();
        return geometry.is64Bit() ? BigEndian.s64(block, at) : BigEndian.u32(block, at);
    }
}
