package dev.powercut.bridge.logwrites;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds logs byte by byte, from the words of the format and not from our own writer. */
final class LogBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int sectorBytes;

    LogBytes(long entryCount, int sectorBytes) {
        this(0x006a736677736872L, 1, entryCount, sectorBytes);
    }

    LogBytes(long magic, long version, long entryCount, int sectorBytes) {
        this.sectorBytes = sectorBytes;
        ByteBuffer block = ByteBuffer.allocate(this.sectorBytes).order(ByteOrder.LITTLE_ENDIAN);
        block.putLong(magic).putLong(version).putLong(entryCount).putInt(sectorBytes);
        out.writeBytes(block.array());
    }

    LogBytes header(long sector, long count, long flags, long dataLength, byte... text) {
        ByteBuffer block = ByteBuffer.allocate(sectorBytes).order(ByteOrder.LITTLE_ENDIAN);
        block.putLong(sector).putLong(count).putLong(flags).putLong(dataLength).put(text);
        out.writeBytes(block.array());
        return this;
    }

    /** A write with all of its payload set to one byte. */
    LogBytes write(long sector, int count, long flags, int fill) {
        header(sector, count, flags, 0);
        byte[] payload = new byte[count * sectorBytes];
        Arrays.fill(payload, (byte) fill);
        return bytes(payload);
    }

    LogBytes mark(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return header(0, 0, 8, bytes.length, bytes);
    }

    LogBytes bytes(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The same bytes, whose superblock claims another sector size. */
    LogBytes claiming(int claimedSectorBytes) {
        LogBytes other = new LogBytes(0, sectorBytes);
        byte[] bytes = toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24, claimedSectorBytes);
        other.out.reset();
        return other.bytes(bytes);
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    LogWritesReader open(long deviceSectorCount) {
        return LogWritesReader.open(new ByteArrayInputStream(toByteArray()), "test.log", deviceSectorCount);
    }
}
