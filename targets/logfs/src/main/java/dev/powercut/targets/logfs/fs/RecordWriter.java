package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stages inodes: what of a directory or symbolic link is in memory, the extent tree, and the record, several to a block. */
final class RecordWriter {

    private final Volume volume;
    private final InodeStore inodes;
    private final ExtentTree trees;
    private final byte[] records;
    private final List<LogInode> inBlock = new ArrayList<>();
    private final List<Cause.Dirtied> dirtied = new ArrayList<>();

    RecordWriter(Volume volume, InodeStore inodes, ExtentTree trees) {
        this.volume = volume;
        this.inodes = inodes;
        this.trees = trees;
        this.records = new byte[volume.blockSizeBytes];
    }

    /** Most blocks that {@link #stage} may need for an inode, its share of an inode block left out. */
    int blocksToStage(LogInode inode) {
        return inode.changedBlocks.size() + 1 + trees.blocksToStage(inode.extents);
    }

    /** Stages those of some inodes that are dirty; they are clean afterwards. */
    void stage(List<LogInode> some, Trigger why) {
        for (int i = 0; i < some.size(); i++) {
            LogInode inode = some.get(i);
            if (inode.dirty) {
                stageContents(inode, why);
                putRecord(inode, why);
            }
        }
        stageRecords(why);
    }

    private void stageContents(LogInode inode, Trigger why) {
        for (int i = 0; i < inode.changedBlocks.size(); i++) {
            int block = (int) inode.changedBlocks.get(i);
            stageBlock(inode, Format.KIND_DIRECTORY, block, inode.blocks.get(block), why);
        }
        inode.changedBlocks.clear();
        if (inode.isSymlink() && inode.reserved.size() > 0) {
            stageBlock(inode, Format.KIND_DATA, 0, Arrays.copyOf(inode.target, volume.blockSizeBytes), why);
        }
        trees.stage(inode, why);
    }

    private void stageBlock(LogInode inode, int kind, long block, byte[] bytes, Trigger why) {
        int address = volume.log.stage(kind, inode.ino(), inode.version, block, bytes, 0, inode.dirtied, why);
        if (inode.reserved.remove(block)) {
            volume.space.giveBack(1, 0);
        }
        inode.extents.unmap(block, block + 1, volume.usage::removeRun);
        inode.extents.map(block, address);
        volume.usage.add(address, volume.blockSizeBytes, inode.modifiedNanos());
    }

    private void putRecord(LogInode inode, Trigger why) {
        if (inBlock.size() == volume.geometry.inodesPerBlock()) {
            stageRecords(why);
        }
        int at = inBlock.size() * Format.INODE_BYTES;
        inBlock.add(inode);
        encode(inode, records, at);
        for (int i = 0; i < inode.dirtied.size(); i++) {
            Causes.add(dirtied, inode.dirtied.get(i));
        }
    }

    private void encode(LogInode inode, byte[] b, int at) {
        InodeRecord.setNumber(b, at, inode.ino());
        InodeRecord.setMode(b, at, inode.mode());
        InodeRecord.setVersion(b, at, inode.version);
        InodeRecord.setOwner(b, at, inode.uid(), inode.gid());
        InodeRecord.setLinkCount(b, at, inode.linkCount());
        InodeRecord.setDevice(b, at, inode.device());
        InodeRecord.setSizeBytes(b, at, inode.diskSizeBytes);
        InodeRecord.setTimes(
                b, at, inode.accessedNanos(), inode.modifiedNanos(), inode.changedNanos(), inode.createdNanos);
        InodeRecord.setParent(b, at, inode.parentNumber);
        if (inode.isSymlink() && inode.diskSizeBytes <= Format.INO_AREA_BYTES) {
            System.arraycopy(inode.target, 0, b, at + Format.INO_AREA, inode.target.length);
        } else {
            trees.putInto(b, at, inode.extents);
        }
    }

    private void stageRecords(Trigger why) {
        if (inBlock.isEmpty()) {
            return;
        }
        int address = volume.log.stage(Format.KIND_INODES, 0, 0, 0, records, 0, dirtied, why);
        for (int slot = 0; slot < inBlock.size(); slot++) {
            LogInode inode = inBlock.get(slot);
            int old = volume.map.blockOf(inode.ino());
            if (old != 0) {
                volume.usage.remove(old, Format.INODE_BYTES);
            }
            if (inode.isNew) {
                volume.space.giveBack(0, 1);
            }
            volume.map.set(inode.ino(), address, slot, inode.version);
            volume.usage.add(address, Format.INODE_BYTES, inode.modifiedNanos());
            inodes.markClean(inode);
        }
        Arrays.fill(records, (byte) 0);
        inBlock.clear();
        dirtied.clear();
    }

    /** Stages blocks full of operation records. */
    void stageOperations(List<byte[]> operations, List<Cause.Dirtied> by, Trigger why) {
        byte[] b = new byte[volume.blockSizeBytes];
        int used = Format.OPS_RECORDS;
        for (int i = 0; i < operations.size(); i++) {
            byte[] operation = operations.get(i);
            if (used + operation.length > b.length) {
                stageOperations(b, used, by, why);
                Arrays.fill(b, (byte) 0);
                used = Format.OPS_RECORDS;
            }
            System.arraycopy(operation, 0, b, used, operation.length);
            used += operation.length;
        }
        if (used > Format.OPS_RECORDS) {
            stageOperations(b, used, by, why);
        }
    }

    private void stageOperations(byte[] b, int used, List<Cause.Dirtied> by, Trigger why) {
        LittleEndian.put32(b, Format.OPS_USED, used);
        volume.log.stage(Format.KIND_OPERATIONS, 0, 0, 0, b, 0, by, why);
    }
}
