package dev.powercut.targets.logfs.format;

import dev.powercut.sim.bytes.LittleEndian;
import java.util.zip.CRC32C;

/** The checksum of all records, see {@link Format}: CRC-32C, begun with the volume's identity. One for each user: it keeps scratch. */
public final class Checksum {

    private final CRC32C crc = new CRC32C();
    private final byte[] volumeId = new byte[Long.BYTES];
    private final byte[] zeroes = new byte[Integer.BYTES];

    public Checksum(long volumeId) {
        LittleEndian.put64(this.volumeId, 0, volumeId);
    }

    /** The checksum of bytes. */
    public int of(byte[] b, int at, int length) {
        crc.reset();
        crc.update(volumeId, 0, volumeId.length);
        crc.update(b, at, length);
        return (int) crc.getValue();
    }

    /** The checksum of a record in which the four bytes at {@code fieldAt}, which hold the checksum itself, count as zero. */
    public int ofRecord(byte[] b, int at, int length, int fieldAt) {
        crc.reset();
        crc.update(volumeId, 0, volumeId.length);
        crc.update(b, at, fieldAt - at);
        crc.update(zeroes, 0, zeroes.length);
        crc.update(b, fieldAt + zeroes.length, at + length - fieldAt - zeroes.length);
        return (int) crc.getValue();
    }
}
