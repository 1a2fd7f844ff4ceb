package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.BigEndian;
import java.util.Arrays;

/** Fills and reads commit blocks. */
public final class CommitBlock {

    private CommitBlock() {}

    /**
     * Makes the commit block of a transaction. With {@link JournalChecksum#COMMIT}, {@code checksums} has been given its payload.
     *
     * @param seconds when, since 1970
     */
    public static void put(
            JournalGeometry geometry,
            JournalChecksums checksums,
            byte[] block,
            int sequence,
            long seconds,
            int nanoseconds) {
        Arrays.fill(block, (byte) 0);
        JournalBlock.putHeader(block, 0, JournalFormat.TYPE_COMMIT, sequence);
        BigEndian.put64(block, JournalFormat.C_COMMIT_SEC, seconds);
        BigEndian.put32(block, JournalFormat.C_COMMIT_NSEC, nanoseconds);
        switch (geometry.checksum()) {
            case NONE -> {}
            case COMMIT -> {
                block[JournalFormat.C_CHKSUM_TYPE] = JournalFormat.CHECKSUM_CRC32;
                block[JournalFormat.C_CHKSUM_SIZE] = JournalFormat.CHECKSUM_CRC32_BYTES;
                BigEndian.put32(block, JournalFormat.C_CHKSUM, checksums.payload());
            }
            case V2, V3 ->
                BigEndian.put32(block, JournalFormat.C_CHKSUM, checksums.block(block, JournalFormat.C_CHKSUM));
        }
    }

    /**
     * Whether its checksum is right: that of the payload that {@code checksums} was given, or of the block itself. A commit block that
     * says of itself that it has no checksum of its payload is as good as one in a journal without.
     */
    public static boolean isSound(JournalGeometry geometry, JournalChecksums checksums, byte[] block) {
        int found = BigEndian.s32(block, JournalFormat.C_CHKSUM);
        return switch (geometry.checksum()) {
            case NONE -> true;
            case COMMIT ->
                switch (block[JournalFormat.C_CHKSUM_TYPE]) {
                    case JournalFormat.CHECKSUM_CRC32 ->
                        block[JournalFormat.C_CHKSUM_SIZE] == JournalFormat.CHECKSUM_CRC32_BYTES
                                && found == checksums.payload();
                    case 0 -> block[JournalFormat.C_CHKSUM_SIZE] == 0 && found == 0;
                    default -> false;
                };
            case V2, V3 -> found == checksums.block(block, JournalFormat.C_CHKSUM);
        };
    }

    /** When it was committed, seconds since 1970. */
    public static long seconds(byte[] block) {
        return BigEndian.s64(block, JournalFormat.C_COMMIT_SEC);
    }

    public static int nanoseconds(byte[] block) {
        return BigEndian.s32(block, JournalFormat.C_COMMIT_NSEC);
    }
}
