package dev.powercut.targets.ext.format;

import dev.powercut.sim.bytes.LittleEndian;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the entries of one directory block. {@code while (cursor.next())} visits every entry, free ones too, and
 * stops at the first that is no entry: {@link #defect} then says why. The object can be reset and used again; nothing is
 * allocated on the way.
 */
public final class DirectoryBlock {

    /** Why bytes are not a directory entry. */
    public enum Defect {
        /** Fewer bytes than an entry without a name has. */
        TOO_SHORT("record length too small"),
        /** Not a multiple of four. */
        MISALIGNED("record length is not a multiple of 4"),
        /** Reaches beyond the block, or leaves a rest in which no entry fits. */
        BEYOND_BLOCK("record reaches beyond the block"),
        /** The name does not fit its record. */
        NAME_TOO_LONG("name is longer than its record");

        private final String text;

        Defect(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private byte[] bytes = {};
    private int end;
    private int at;
    private int next;
    private @Nullable Defect defect;

    /** Starts over, at the entries of the block of {@code sizeBytes} in {@code b} from {@code offset} on. */
    public DirectoryBlock reset(byte[] b, int offset, int sizeBytes) {
        bytes = b;
        end = offset + sizeBytes;
        at = -1;
        next = offset;
        defect = null;
        return this;
    }

    /** Goes to the next entry; false at the end of the block, and before a defective entry. */
    public boolean next() {
        if (next >= end || defect != null) {
            return false;
        }
        defect = defectAt(bytes, next, end);
        if (defect != null) {
            return false;
        }
        at = next;
        next += DirectoryEntry.recordLength(bytes, at);
        return true;
    }

    /** Offset in the array of the current entry. */
    public int at() {
        return at;
    }

    /** Offset in the array after the current entry; where a defective entry starts when {@link #defect} is not null. */
    public int following() {
        return next;
    }

    public @Nullable Defect defect() {
        return defect;
    }

    public int inode() {
        return DirectoryEntry.inode(bytes, at);
    }

    public int recordLength() {
        return DirectoryEntry.recordLength(bytes, at);
    }

    public int nameLength() {
        return DirectoryEntry.nameLength(bytes, at);
    }

    public int fileType() {
        return DirectoryEntry.fileType(bytes, at);
    }

    /**
     * What is wrong with the lengths of an entry; null when nothing is.
     *
     * @param end offset in the array at which the block ends
     */
    public static @Nullable Defect defectAt(byte[] b, int at, int end) {
        if (end - at < Format.ENTRY_HEADER_BYTES) {
            return Defect.BEYOND_BLOCK;
        }
        int length = DirectoryEntry.recordLength(b, at);
        int rest = end - at - length;
        if (length < DirectoryEntry.minimumLength(1)) {
            return Defect.TOO_SHORT;
        } else if ((length & 3) != 0) {
            return Defect.MISALIGNED;
        } else if (rest < 0 || rest > 0 && rest < DirectoryEntry.minimumLength(1)) {
            return Defect.BEYOND_BLOCK;
        } else if (length < Format.ENTRY_HEADER_BYTES + DirectoryEntry.nameLength(b, at)) {
            return Defect.NAME_TOO_LONG;
        }
        return null;
    }

    /** Makes a block one free entry. The rest of the bytes stays as it is. */
    public static void putFree(byte[] b, int at, int sizeBytes) {
        DirectoryEntry.setInode(b, at, 0);
        DirectoryEntry.setRecordLength(b, at, sizeBytes);
        LittleEndian.put16(b, at + Format.D_NAME_LEN, 0);
    }
}
