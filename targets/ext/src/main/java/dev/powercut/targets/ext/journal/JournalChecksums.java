package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.BigEndian;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The checksums of one journal. An object is scratch memory, and holds the state of one payload; used by one thread at a time.
 *
 * <p>Both are CRCs whose register starts with ones and is not inverted at the end. The one of the commit checksum takes bits from the
 * top, the polynomial of Ethernet; {@link CRC32} takes them from the bottom, and so gives it of bytes turned round.
 */
public final class JournalChecksums {

    private static final byte[] ZEROES = new byte[Integer.BYTES];

    private final byte[] uuid;
    private final CRC32C crc32c = new CRC32C();
    private final CRC32 payload = new CRC32();
    private final byte[] sequenceBytes = new byte[Integer.BYTES];
    private final byte[] turned;

    public JournalChecksums(JournalGeometry geometry) {
        this.uuid = geometry.uuid();
        this.turned = new byte[geometry.blockSizeBytes()];
    }

    // ---- The commit checksum ----

    /** Begins with the payload of a transaction. */
    public void beginPayload() {
        payload.reset();
    }

    /** Adds a descriptor block, or a data block as it is in the log; revoke blocks do not count. */
    public void addPayload(byte[] b, int at) {
        int length = turned.length;
        for (int i = 0; i < length; i += Long.BYTES) {
            // All 64 bits turned round, and the bytes turned back: what is left is each byte turned round.
            BigEndian.put64(turned, i, Long.reverseBytes(Long.reverse(BigEndian.s64(b, at + i))));
        }
        payload.update(turned, 0, length);
    }

    /** The checksum of what was added. */
    public int payload() {
        return Integer.reverse(~(int) payload.getValue());
    }

    // ---- v2 and v3 ----

    /** Of a whole block, four bytes of it, which are to hold this, taken as 0. */
    public int block(byte[] b, int offsetOfChecksum) {
        crc32c.reset();
        crc32c.update(uuid, 0, uuid.length);
        crc32c.update(b, 0, offsetOfChecksum);
        crc32c.update(ZEROES, 0, ZEROES.length);
        int after = offsetOfChecksum + Integer.BYTES;
        crc32c.update(b, after, b.length - after);
        return ~(int) crc32c.getValue();
    }

    /** Of a data block as it is in the log, {@code length} bytes from {@code at} on, in a transaction. */
    public int data(int sequence, byte[] b, int at, int length) {
        BigEndian.put32(sequenceBytes, 0, sequence);
        crc32c.reset();
        crc32c.update(uuid, 0, uuid.length);
        crc32c.update(sequenceBytes, 0, sequenceBytes.length);
        crc32c.update(b, at, length);
        return ~(int) crc32c.getValue();
    }

    /** Writes the checksum of a descriptor or revoke block into its tail. */
    void sealTail(byte[] b) {
        int at = b.length - JournalFormat.TAIL_BYTES;
        BigEndian.put32(b, at, block(b, at));
    }

    /** Whether the tail of a descriptor or revoke block is right. */
    boolean isTailSound(byte[] b) {
        int at = b.length - JournalFormat.TAIL_BYTES;
        return BigEndian.s32(b, at) == block(b, at);
    }

    // ---- Superblock ----

    /** Writes the checksum into a superblock, when its features ask for one. */
    public static void sealSuperblock(byte[] b, int at) {
        if ((JournalSuperblock.incompat(b, at) & JournalFormat.INCOMPAT_CHECKSUMS) != 0) {
            BigEndian.put32(b, at + JournalFormat.S_CHECKSUM, superblock(b, at));
        }
    }

    static boolean isSuperblockSound(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.S_CHECKSUM) == superblock(b, at);
    }

    private static int superblock(byte[] b, int at) {
        CRC32C crc = new CRC32C();
        crc.update(b, at, JournalFormat.S_CHECKSUM);
        crc.update(ZEROES, 0, ZEROES.length);
        int after = JournalFormat.S_CHECKSUM + Integer.BYTES;
        crc.update(b, at + after, JournalFormat.SUPERBLOCK_BYTES - after);
        return ~(int) crc.getValue();
    }
}
