package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import java.util.Arrays;

/**
 * Blocks that a stage of a repair changes. {@link #commit} writes the sectors that differ, in ascending order of blocks, and
 * flushes; then the next stage begins with nothing.
 */
final class BlockEdits {

    /** More edited blocks than this are written out early, without a flush: order within a stage does not matter. */
    private static final int MOST_HELD = 4096;

    private final Cause[] causes = new Cause[BlockRole.values().length];
    private final Volume volume;

    private int count;
    private int[] numbers = new int[16];
    private BlockRole[] roles = new BlockRole[16];
    private byte[][] before = new byte[16][];
    private byte[][] after = new byte[16][];
    /** Open addressing: index + 1, 0 is free. */
    private int[] table = new int[64];

    private boolean unflushed;
    private int sectorsWritten;

    BlockEdits(Volume volume) {
        this.volume = volume;
        for (BlockRole role : BlockRole.values()) {
            causes[role.ordinal()] = new Cause(role.kind(), new Trigger.Recovery());
        }
    }

    /** Sectors written since the last {@link #restart}. */
    int sectorsWritten() {
        return sectorsWritten;
    }

    /** Forgets everything. */
    void restart() {
        clear();
        unflushed = false;
        sectorsWritten = 0;
    }

    /** The bytes of a block, to be changed. Valid until the next commit, and until many other blocks have been asked for. */
    byte[] edit(int block, BlockRole role) {
        int slot = slot(block);
        while (table[slot] != 0) {
            if (numbers[table[slot] - 1] == block) {
                return after[table[slot] - 1];
            }
            slot = slot + 1 & table.length - 1;
        }
        if (count == MOST_HELD) {
            writeOut();
            slot = slot(block);
        }
        if (count == numbers.length) {
            grow();
            slot = slot(block);
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
        }
        int size = volume.geometry.blockSizeBytes();
        if (before[count] == null || before[count].length != size) {
            before[count] = new byte[size];
            after[count] = new byte[size];
        }
        volume.read(block, before[count], 0);
        System.arraycopy(before[count], 0, after[count], 0, size);
        numbers[count] = block;
        roles[count] = role;
        table[slot] = ++count;
        return after[count - 1];
    }

    /** The block that holds an inode's record, at {@code Geometry.offsetInBlockOfInode}. */
    byte[] inodeBlock(int inode) {
        return edit(volume.table.blockOfInode(inode), BlockRole.INODE_TABLE);
    }

    private int slot(int block) {
        return block * 0x9E3779B9 >>> 16 & table.length - 1;
    }

    private void grow() {
        int size = count * 2;
        numbers = Arrays.copyOf(numbers, size);
        roles = Arrays.copyOf(roles, size);
        before = Arrays.copyOf(before, size);
        after = Arrays.copyOf(after, size);
        table = new int[size * 4];
        for (int i = 0; i < count; i++) {
            int slot = slot(numbers[i]);
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = i + 1;
        }
    }

    /** Writes what differs from the device, and flushes if anything was written since the last flush. */
    void commit() {
        writeOut();
        if (unflushed) {
            volume.device.flush(causes[BlockRole.SUPERBLOCK.ordinal()]);
            unflushed = false;
        }
    }

    private void writeOut() {
        if (count == 0) {
            return;
        }
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = (long) numbers[i] << 32 | i;
        }
        Arrays.sort(order);
        for (long each : order) {
            write((int) each);
        }
        clear();
    }

    /** Writes runs of sectors that differ. */
    private void write(int index) {
        BlockDevice device = volume.device;
        long first = volume.geometry.sectorOf(numbers[index]);
        byte[] old = before[index];
        byte[] now = after[index];
        int sectors = now.length / Sector.BYTES;
        int run = 0;
        for (int i = 0; i <= sectors; i++) {
            int at = i * Sector.BYTES;
            boolean differs = i < sectors && !Arrays.equals(old, at, at + Sector.BYTES, now, at, at + Sector.BYTES);
            if (differs) {
                run++;
            } else if (run > 0) {
                Cause cause = causes[roles[index].ordinal()];
                device.write(first + i - run, run, now, at - run * Sector.BYTES, cause);
                sectorsWritten += run;
                unflushed = true;
                run = 0;
            }
        }
    }

    private void clear() {
        if (count > 0) {
            Arrays.fill(table, 0);
            count = 0;
        }
    }
}
