package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import org.jspecify.annotations.Nullable;

/**
 * Room for a new entry, and how to get at it: a free record is taken as it is, or the record before ("host") gives up its end.
 * The entry comes to exist with one change of four bytes: the inode number of the free record, or the host's length. The
 * sector of that change is the one that exposes the entry. Best is room where all lies within that one sector.
 */
final class EntrySlot {

    /** The entry lies in the sector that exposes it. */
    private static final int ONE_SECTOR = 0;
    /** The entry lies within one sector, another one exposes it. */
    private static final int TWO_SECTORS = 1;
    /** The entry lies in two sectors. */
    private static final int ACROSS = 2;

    private static final int NONE = 3;

    private final int needed;
    private int rank = NONE;
    private @Nullable Buffer block;
    private int hostAt;
    private boolean fresh;
    private int start;
    private int end;

    EntrySlot(int nameLength) {
        this.needed = DirectoryEntry.minimumLength(nameLength);
    }

    boolean isFound() {
        return rank != NONE;
    }

    boolean isBest() {
        return rank == ONE_SECTOR;
    }

    /** The block that has the room; null when none has and the directory must grow. */
    @Nullable
    Buffer block() {
        return block;
    }

    /** Offset at which the entry will be. */
    int start() {
        return start;
    }

    /** Bytes that the entry may take. */
    int length() {
        return end - start;
    }

    /** Offset of the record that gives up its end, or of the free record itself. */
    int hostAt() {
        return hostAt;
    }

    /** Whether a free record becomes the entry. */
    boolean takesFreeRecord() {
        return start == hostAt;
    }

    /** The offset of the field that makes the entry exist. */
    int exposingOffset() {
        return takesFreeRecord() ? start + Format.D_INODE : hostAt + Format.D_REC_LEN;
    }

    BufferSector exposingSector(Buffer in) {
        return in.sectorAt(exposingOffset());
    }

    /** Whether the block with the room has been made for it and is not yet linked to the directory. */
    boolean isFresh() {
        return fresh;
    }

    /** The room is the first record of a fresh block, which is free. */
    void takeFresh(Buffer madeForIt) {
        fresh = true;
        block = madeForIt;
        rank = ONE_SECTOR;
        hostAt = 0;
        start = 0;
        end = Sector.BYTES;
    }

    /** Looks at the record under a cursor and takes it when it is better than what was seen before. */
    void consider(Buffer in, DirectoryBlock cursor) {
        int at = cursor.at();
        int recordEnd = at + cursor.recordLength();
        boolean free = cursor.inode() == 0;
        int used = free ? 0 : DirectoryEntry.minimumLength(cursor.nameLength());
        if (recordEnd - at - used < needed) {
            return;
        }
        int first = at + used;
        int exposing = free ? at : at + Format.D_REC_LEN;
        if (sector(first) == sector(exposing) && sector(first + needed - 1) == sector(exposing)) {
            take(ONE_SECTOR, in, at, first, recordEnd);
            return;
        }
        int keeps = free ? DirectoryEntry.minimumLength(1) : used;
        int aligned = (at + keeps + Sector.BYTES - 1) / Sector.BYTES * Sector.BYTES;
        if (aligned + needed <= recordEnd) {
            take(TWO_SECTORS, in, at, aligned, recordEnd);
            return;
        }
        // The header must not be torn: its inode and its length are exposed together.
        boolean torn = !free && first % Sector.BYTES > Sector.BYTES - Format.ENTRY_HEADER_BYTES;
        int whole = torn ? first + Format.ENTRY_HEADER_BYTES / 2 : first;
        if (whole + needed <= recordEnd) {
            take(ACROSS, in, at, whole, recordEnd);
        }
    }

    private static int sector(int offset) {
        return offset / Sector.BYTES;
    }

    private void take(int itsRank, Buffer in, int host, int from, int to) {
        if (itsRank < rank) {
            rank = itsRank;
            block = in;
            hostAt = host;
            start = from;
            end = to;
        }
    }
}
