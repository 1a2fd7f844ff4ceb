package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.BigEndian;

/** Goes through the tags of a descriptor block, whatever its bytes are: never beyond the block. Used again for each block. */
public final class TagCursor {

    private final JournalGeometry geometry;
    private final boolean v3;
    private byte[] block = new byte[0];
    private int tag;
    private int following;
    private boolean ended;

    public TagCursor(JournalGeometry geometry) {
        this.geometry = geometry;
        this.v3 = geometry.checksum() == JournalChecksum.V3;
    }

    /** Goes before the first tag of a block. */
    public TagCursor reset(byte[] descriptor) {
        block = descriptor;
        following = JournalFormat.HEADER_BYTES;
        ended = false;
        return this;
    }

    /** Goes to the next tag; false when there is none. */
    public boolean next() {
        if (ended || following + geometry.tagBytes() > geometry.usableBytes()) {
            return false;
        }
        tag = following;
        int flags = flags();
        following += geometry.tagBytes() + ((flags & JournalFormat.FLAG_SAME_UUID) != 0 ? 0 : JournalFormat.UUID_BYTES);
        ended = (flags & JournalFormat.FLAG_LAST_TAG) != 0;
        return true;
    }

    /** Offset of the tag in its block. */
    public int at() {
        return tag;
    }

    /** Home block of the data: unsigned 32 bits, or 64 bits. */
    public long homeBlock() {
        long low = BigEndian.u32(block, tag + JournalFormat.T_BLOCKNR);
        return geometry.is64Bit()
                ? low | BigEndian.u32(block, tag + JournalFormat.T_BLOCKNR_HIGH) << Integer.SIZE
                : low;
    }

    /** Bits {@code JournalFormat.FLAG_…}. */
    public int flags() {
        return v3
                ? BigEndian.s32(block, tag + JournalFormat.T_FLAGS_V3)
                : BigEndian.u16(block, tag + JournalFormat.T_FLAGS);
    }

    public boolean isEscaped() {
        return (flags() & JournalFormat.FLAG_ESCAPE) != 0;
    }

    /** Whether the tag's checksum is that of a block as it is in the log; true when tags have none. */
    public boolean matches(JournalChecksums checksums, int sequence, byte[] logged, int offset) {
        return switch (geometry.checksum()) {
            case NONE, COMMIT -> true;
            case V2 ->
                BigEndian.u16(block, tag + JournalFormat.T_CHECKSUM_V2)
                        == (checksums.data(sequence, logged, offset, geometry.blockSizeBytes()) & 0xFFFF);
            case V3 ->
                BigEndian.s32(block, tag + JournalFormat.T_CHECKSUM_V3)
                        == checksums.data(sequence, logged, offset, geometry.blockSizeBytes());
        };
    }
}
