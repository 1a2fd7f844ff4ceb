package dev.powercut.targets.logfs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.InodeRecord;
import dev.powercut.targets.logfs.format.OperationRecord;
import dev.powercut.targets.logfs.format.Summary;
import dev.powercut.targets.logfs.format.Superblock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sectors of an image hold, in words: for reports. A segment's blocks are what the summaries in it say. */
final class ImageDecoder {

    private static final BlockKind SUPERBLOCK = new BlockKind("superblock");
    private static final BlockKind CHECKPOINT = new BlockKind("checkpoint");
    private static final BlockKind SUMMARY = new BlockKind("summary");
    private static final BlockKind UNUSED = new BlockKind("unused");

    private static final List<BlockKind> KINDS = List.of(
            UNUSED,
            new BlockKind("data"),
            new BlockKind("directory"),
            new BlockKind("extents"),
            new BlockKind("inodes"),
            new BlockKind("operations"),
            new BlockKind("inode-map"),
            new BlockKind("segment-usage"));

    private final DiskImage image;
    private final Geometry geometry;
    private final int block;

    /** The segment's blocks up to this one, with the summary that this one belongs to; null when there is none. */
    private final byte[] segment;

    private final int inSegment;
    private int summaryAt = -1;

    private ImageDecoder(DiskImage image, Geometry geometry, long sector) {
        this.image = image;
        this.geometry = geometry;
        this.block = (int) (sector / geometry.sectorsPerBlock());
        if (geometry.isInSegment(block)) {
            int start = geometry.segmentStart(geometry.segmentOf(block));
            inSegment = block - start;
            segment = read(start, inSegment + 1);
            findSummary(start);
        } else {
            inSegment = 0;
            segment = new byte[0];
        }
    }

    private byte[] read(int first, int count) {
        byte[] b = new byte[count * geometry.blockSizeBytes()];
        image.read((long) first * geometry.sectorsPerBlock(), b.length / Sector.BYTES, b, 0);
        return b;
    }

    private void findSummary(int start) {
        int at = 0;
        while (at <= inSegment && Summary.isPlausible(geometry, segment, at * geometry.blockSizeBytes(), start + at)) {
            int count = Summary.count(segment, at * geometry.blockSizeBytes());
            if (at + count >= inSegment) {
                summaryAt = at;
                return;
            }
            at += 1 + count;
        }
    }

    private static @Nullable ImageDecoder of(DiskImage image, long sector) {
        byte[] superblock = new byte[Sector.BYTES];
        image.read(0, 1, superblock, 0);
        try {
            return new ImageDecoder(
                    image, Superblock.decode(superblock, 0, image.sectorCount() * Sector.BYTES, 0), sector);
        } catch (ImageFormatException e) {
            return null;
        }
    }

    static BlockKind kindOf(DiskImage image, long sector) {
        ImageDecoder decoder = of(image, sector);
        return decoder == null ? UNUSED : decoder.kind();
    }

    static List<String> decode(DiskImage image, long sector) {
        ImageDecoder decoder = of(image, sector);
        return decoder == null ? List.of("there is no superblock") : decoder.lines();
    }

    private BlockKind kind() {
        if (block == 0 || block == geometry.backupBlock()) {
            return SUPERBLOCK;
        } else if (isIn(geometry.checkpointA()) || isIn(geometry.checkpointB())) {
            return CHECKPOINT;
        } else if (summaryAt < 0) {
            return UNUSED;
        } else if (summaryAt == inSegment) {
            return SUMMARY;
        }
        int kind = entryKind();
        return kind < 1 || kind >= KINDS.size() ? UNUSED : KINDS.get(kind);
    }

    private boolean isIn(int region) {
        return block >= region && block < region + geometry.checkpointBlocks();
    }

    private int summary() {
        return summaryAt * geometry.blockSizeBytes();
    }

    private int entry() {
        return inSegment - summaryAt - 1;
    }

    private int entryKind() {
        return Summary.kind(segment, summary(), entry());
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (isIn(geometry.checkpointA()) || isIn(geometry.checkpointB())) {
            checkpoint(lines);
        } else if (summaryAt >= 0) {
            lines.add("segment " + geometry.segmentOf(block) + ", partial write "
                    + Summary.sequence(segment, summary()) + " after checkpoint "
                    + Summary.checkpoint(segment, summary()));
            if (summaryAt == inSegment) {
                lines.add(Summary.count(segment, summary()) + " blocks, next at block "
                        + Summary.next(segment, summary())
                        + (Summary.isEnd(segment, summary()) ? ", end of its group" : "")
                        + (Summary.isOfRecovery(segment, summary()) ? ", written by recovery" : ""));
            } else {
                payload(lines);
            }
        }
        return lines;
    }

    private void checkpoint(List<String> lines) {
        byte[] b = read(isIn(geometry.checkpointA()) ? geometry.checkpointA() : geometry.checkpointB(), 1);
        lines.add("checkpoint " + LittleEndian.s64(b, Format.CP_SEQUENCE) + ", next partial write "
                + LittleEndian.s64(b, Format.CP_NEXT_SEQUENCE) + " at block " + LittleEndian.s32(b, Format.CP_NEXT));
        lines.add(LittleEndian.s32(b, Format.CP_INODES_USED) + " inodes in use");
    }

    private void payload(List<String> lines) {
        int at = inSegment * geometry.blockSizeBytes();
        switch (entryKind()) {
            case Format.KIND_INODES -> inodes(at, lines);
            case Format.KIND_OPERATIONS -> operations(at, lines);
            case Format.KIND_DIRECTORY -> {
                owner(lines);
                entries(lines);
            }
            case Format.KIND_DATA, Format.KIND_EXTENTS -> owner(lines);
            default -> lines.add("block " + Summary.offset(segment, summary(), entry()) + " of its table");
        }
    }

    private void owner(List<String> lines) {
        lines.add("block " + Summary.offset(segment, summary(), entry()) + " of inode "
                + Summary.inode(segment, summary(), entry()) + " version "
                + Summary.version(segment, summary(), entry()));
    }

    private void inodes(int at, List<String> lines) {
        for (int i = 0; i < geometry.inodesPerBlock(); i++) {
            int record = at + i * Format.INODE_BYTES;
            if (InodeRecord.number(segment, record) != 0) {
                lines.add("inode " + InodeRecord.number(segment, record) + " version "
                        + InodeRecord.version(segment, record) + ": mode 0"
                        + Integer.toOctalString(InodeRecord.mode(segment, record)) + ", "
                        + InodeRecord.linkCount(segment, record) + " links, "
                        + InodeRecord.sizeBytes(segment, record) + " bytes, "
                        + InodeRecord.extentCount(segment, record) + " extents");
            }
        }
    }

    private void operations(int at, List<String> lines) {
        int end = Math.min(
                at + geometry.blockSizeBytes(), at + Math.max(0, LittleEndian.s32(segment, at + Format.OPS_USED)));
        int record = at + Format.OPS_RECORDS;
        while (record < end && OperationRecord.isWhole(segment, record, end)) {
            String from = OperationRecord.fromDirectory(segment, record) == 0
                    ? ""
                    : ", '" + name(OperationRecord.fromNameAt(record), OperationRecord.fromNameLength(segment, record))
                            + "' removed from " + OperationRecord.fromDirectory(segment, record);
            String to = OperationRecord.toDirectory(segment, record) == 0
                    ? ""
                    : ", '"
                            + name(
                                    OperationRecord.toNameAt(segment, record),
                                    OperationRecord.toNameLength(segment, record))
                            + "' set in " + OperationRecord.toDirectory(segment, record);
            lines.add("inode " + OperationRecord.inode(segment, record) + from + to + ", "
                    + OperationRecord.linkCount(segment, record) + " links");
            record += OperationRecord.length(segment, record);
        }
    }

    private String name(int at, int length) {
        return FileName.fromBytes(segment, at, length);
    }

    private void entries(List<String> lines) {
        byte[] b = java.util.Arrays.copyOfRange(
                segment, inSegment * geometry.blockSizeBytes(), (inSegment + 1) * geometry.blockSizeBytes());
        if (!DirectoryBlock.isSound(b)) {
            lines.add("its records do not tile the block");
            return;
        }
        for (int at = 0; at < b.length; at += DirectoryBlock.length(b, at)) {
            if (DirectoryBlock.inode(b, at) != 0) {
                lines.add("'" + FileName.fromBytes(b, at + Format.DIR_NAME, DirectoryBlock.nameLength(b, at))
                        + "' is inode " + DirectoryBlock.inode(b, at));
            }
        }
    }
}
