package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;
import static dev.powercut.sim.bytes.LittleEndian.u32;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code powercut dump} tells of an image: lines of a name and a value, or of one thing each. Files are shown as they are when the log is
 * rolled forward; tables and segments as they are on the disk. An object is for one topic.
 */
public final class ImageDump {

    private static final int NAME_COLUMN = 24;

    private final Volume volume;
    private final Geometry g;
    private final Checkpoints regions;
    private final Checkpoint checkpoint;
    private final RollForward log;
    private final InodeTable table;
    private final List<String> lines = new ArrayList<>();

    private ImageDump(Volume volume) throws ImageFormatException {
        this.volume = volume;
        this.g = volume.geometry;
        this.regions = new Checkpoints(volume);
        Checkpoint newest = regions.newest();
        this.checkpoint = newest == null ? rebuilt(volume) : newest;
        this.log = new RollForward(volume, checkpoint);
        this.table = table();
    }

    /** @throws ImageFormatException when there is no superblock, or neither a checkpoint nor a log to find one in */
    public static ImageDump of(BlockDevice device) throws ImageFormatException {
        return new ImageDump(Volume.open(device));
    }

    private static Checkpoint rebuilt(Volume volume) throws ImageFormatException {
        Checkpoint found = new LogScan(volume).lastCheckpoint();
        if (found == null) {
            throw new ImageFormatException(
                    "neither checkpoint is valid, and there is no log",
                    (long) volume.geometry.checkpointA() * volume.blockSize(),
                    "nothing is left that fsck could mend; make a new one with mkfs --type logfs");
        }
        return found;
    }

    private InodeTable table() {
        InodeTable made = new InodeTable(volume);
        int[] pointers = checkpoint.mapBlocks();
        for (int index = 0; index < pointers.length; index++) {
            if (pointers[index] != 0) {
                made.load(index, volume.block(pointers[index]));
            }
        }
        log.apply(made, new Problems());
        return made;
    }

    public Geometry geometry() {
        return g;
    }

    private void line(String name, Object value) {
        lines.add(name + " ".repeat(Math.max(1, NAME_COLUMN - name.length())) + value);
    }

    private static String time(long nanos) {
        return nanos == 0
                ? "unknown"
                : Instant.ofEpochSecond(0, 0).plusNanos(nanos).toString();
    }

    // ---- Volume ----

    public List<String> superblock() {
        byte[] b = volume.superblock;
        int length = 0;
        while (length < Format.LABEL_BYTES && b[Format.SB_LABEL + length] != 0) {
            length++;
        }
        line("label", length == 0 ? "none" : new String(b, Format.SB_LABEL, length, StandardCharsets.UTF_8));
        line("volume id", String.format("%016x", g.volumeId()));
        line("revision", s32(b, Format.SB_REVISION));
        line("read from", volume.firstIsBad == null ? "block 0" : "the backup, as in block 0 " + volume.firstIsBad);
        line("backup", "block " + g.backupBlock() + (volume.isBackupRight() ? "" : ", which differs"));
        line("made", time(s64(b, Format.SB_CREATED)));
        line("block size", g.blockSizeBytes());
        line("blocks", g.blockCount());
        line(
                "segments",
                g.segmentCount() + " of " + g.segmentBlocks() + " blocks, from block " + g.firstSegmentBlock());
        line("reserve", g.reserveSegments() + " segments");
        line("inodes", g.inodeCount());
        line("checkpoint A", range(g.checkpointA(), g.checkpointBlocks()));
        line("checkpoint B", range(g.checkpointB(), g.checkpointBlocks()));
        return lines;
    }

    private static String range(int first, int count) {
        return count == 1 ? "block " + first : "blocks " + first + "-" + (first + count - 1);
    }

    public List<String> checkpoints() {
        region("A", g.checkpointA(), regions.a);
        region("B", g.checkpointB(), regions.b);
        if (regions.newest() == null) {
            lines.add("neither is valid; this is what the log tells:");
            region("from the log", 0, checkpoint);
        }
        line("log behind it", log.groups + " groups, " + log.log.size() + " partial writes, to block " + log.endBlock);
        return lines;
    }

    private void region(String name, int block, @Nullable Checkpoint found) {
        if (found == null) {
            line("checkpoint " + name, "block " + block + ": torn or damaged");
            return;
        }
        line(
                "checkpoint " + name,
                (block == 0 ? "" : "block " + block + ": ") + "number " + found.sequence()
                        + (found == checkpoint ? ", the one that counts" : ""));
        line("  written", time(found.timeNanos()));
        line(
                "  log goes on",
                "at block " + found.nextBlock() + ", up to block " + (found.nextEnd() - 1) + ", with partial write "
                        + found.nextSequence());
        line("  inodes in use", Integer.toUnsignedString(found.inodesUsed()));
        line("  extent blocks", Integer.toUnsignedString(found.extentBlocks()));
        line("  inode map", pointers(found.mapBlocks()));
        line("  segment usage", pointers(found.usageBlocks()));
        if (found.isThreaded()) {
            line("  repair", "was cut short, and may have torn dead blocks of any segment");
        }
    }

    private static String pointers(int[] pointers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pointers.length; i++) {
            if (pointers[i] != 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(i)
                        .append(" in block ")
                        .append(pointers[i]);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    // ---- Segments and the log ----

    public List<String> segments() {
        int perBlock = g.usageEntriesPerBlock();
        int unused = 0;
        for (int index = 0; index < checkpoint.usageBlocks().length; index++) {
            int pointer = checkpoint.usageBlocks()[index];
            byte[] b = pointer == 0 ? new byte[g.blockSizeBytes()] : volume.block(pointer);
            int first = index * perBlock;
            for (int segment = first; segment < Math.min(g.segmentCount(), first + perBlock); segment++) {
                int at = (segment - first) * Format.USAGE_ENTRY_BYTES;
                boolean holdsLog = g.segmentOf(checkpoint.nextBlock()) == segment;
                if (u32(b, at + Format.USE_LIVE) == 0 && !holdsLog) {
                    unused++;
                } else {
                    lines.add(usage(segment, b, at) + (holdsLog ? ", the log goes on here" : ""));
                }
            }
        }
        lines.add(unused + " of " + g.segmentCount() + " segments have no live bytes");
        return lines;
    }

    private String usage(int segment, byte[] b, int at) {
        long live = u32(b, at + Format.USE_LIVE);
        long percent = 100 * live / ((long) g.segmentBlocks() * g.blockSizeBytes());
        return "segment " + segment + ": " + range(g.segmentStart(segment), g.segmentBlocks()) + ", " + live
                + " live bytes (" + percent + " %), youngest " + time(s64(b, at + Format.USE_YOUNGEST))
                + ((s32(b, at + Format.USE_FLAGS) & Format.USAGE_THREADED) != 0 ? ", threaded" : "");
    }

    public List<String> segment(int segment) {
        int pointer = checkpoint.usageBlocks()[segment / g.usageEntriesPerBlock()];
        byte[] b = pointer == 0 ? new byte[g.blockSizeBytes()] : volume.block(pointer);
        lines.add(usage(segment, b, segment % g.usageEntriesPerBlock() * Format.USAGE_ENTRY_BYTES));
        for (PartialWrite write : SegmentReading.of(volume, segment)) {
            partialWrite(write);
        }
        return lines;
    }

    public List<String> log() {
        lines.add("from checkpoint " + checkpoint.sequence() + " on, " + log.groups + " groups");
        for (PartialWrite write : log.log) {
            partialWrite(write);
        }
        lines.add("the log ends at block " + log.endBlock + ", before partial write " + log.endSequence);
        return lines;
    }

    private void partialWrite(PartialWrite write) {
        lines.add("block " + write.address() + ": " + new BlockWords(volume).summary(write));
        for (int i = 0; i < write.count(); i++) {
            lines.add("  block " + (write.address() + 1 + i) + ": " + BlockWords.entry(write, i));
            for (String more : new BlockWords(volume).payload(write, i)) {
                lines.add("    " + more);
            }
        }
    }

    // ---- Inodes ----

    public List<String> map() {
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            lines.add("inode " + number + ": version " + table.version(number) + ", block " + table.block(number)
                    + ", slot " + table.slot(number) + (table.get(number) == null ? ", where it is not" : ""));
        }
        return lines;
    }

    private Inode find(long number) {
        Inode inode = table.get(number);
        if (inode == null) {
            throw new IllegalArgumentException(
                    table.isNumber(number) && table.block((int) number) != 0
                            ? "inode " + number + " is not where the inode map says, in block "
                                    + table.block((int) number)
                            : "inode " + number + " is not in use");
        }
        return inode;
    }

    public List<String> inode(long number) {
        Inode inode = find(number);
        byte[] b = inode.record;
        line("inode", number);
        line("version", inode.version);
        line("record", inode.block == 0 ? "changed by the log" : "block " + inode.block + ", slot " + inode.slot);
        line("type", BlockWords.type(inode.mode() >>> 12));
        line("mode", String.format("%04o", inode.mode() & Mode.PERMISSIONS));
        line("links", InodeRecord.linkCount(b, 0));
        line(
                "owner",
                Integer.toUnsignedString(InodeRecord.uid(b, 0)) + ":"
                        + Integer.toUnsignedString(InodeRecord.gid(b, 0)));
        line("size", inode.sizeBytes());
        line("accessed", time(InodeRecord.accessedNanos(b, 0)));
        line("modified", time(InodeRecord.modifiedNanos(b, 0)));
        line("changed", time(InodeRecord.changedNanos(b, 0)));
        line("created", time(InodeRecord.createdNanos(b, 0)));
        int type = Mode.type(inode.mode());
        if (type == Mode.DIRECTORY) {
            line("parent", Integer.toUnsignedString(InodeRecord.parent(b, 0)));
        } else if (type == Mode.CHARACTER_DEVICE || type == Mode.BLOCK_DEVICE) {
            line("device", (InodeRecord.device(b, 0) >>> 8) + ", " + (InodeRecord.device(b, 0) & 0xFF));
        } else if (type == Mode.SYMLINK && !inode.hasExtents()) {
            line("target", FileName.fromBytes(b, Format.INO_AREA, (int) Math.max(0, inode.sizeBytes())));
        }
        if (inode.hasExtents()) {
            where(inode);
        }
        String path = path((int) number);
        line("path", path.isEmpty() ? "none" : path);
        return lines;
    }

    private void where(Inode inode) {
        line(
                "extents",
                inode.extents.count() + " on " + InodeRecord.depth(inode.record, 0) + " levels of extent blocks");
        for (int i = 0; i < inode.treeBlocks.length; i++) {
            lines.add("extent block " + inode.treeBlocks[i] + " (level "
                    + (inode.treeOffsets[i] >>> Format.EXTENT_LEVEL_SHIFT) + ")");
        }
        for (int i = 0; i < inode.extents.count(); i++) {
            long first = inode.extents.fileBlock(i);
            int length = inode.extents.length(i);
            lines.add((length == 1 ? "file block " + first : "file blocks " + first + "-" + (first + length - 1)) + ": "
                    + range(inode.extents.address(i), length));
        }
        if (inode.extentProblem != null) {
            lines.add("and what is not valid: " + inode.extentProblem.slug());
        }
    }

    /** Where the blocks of a file are. */
    public List<String> blocks(long number) {
        Inode inode = find(number);
        if (inode.hasExtents()) {
            where(inode);
        } else {
            lines.add("no blocks of its own");
        }
        return lines;
    }

    public List<String> directory(long number) {
        Inode inode = find(number);
        if (!inode.isDirectory()) {
            throw new IllegalArgumentException("inode " + number + " is not a directory");
        }
        Directory directory = Directory.of(volume, inode);
        for (int index = 0; index < directory.blockCount(); index++) {
            byte[] b = directory.block(index);
            for (int at = 0; at < b.length; at += DirectoryBlock.length(b, at)) {
                if (DirectoryBlock.inode(b, at) != 0) {
                    lines.add(String.format(
                            "%10s  %-16s  %5d bytes at %5d of file block %-6d  %s",
                            Integer.toUnsignedString(DirectoryBlock.inode(b, at)),
                            BlockWords.type(DirectoryBlock.type(b, at)),
                            DirectoryBlock.length(b, at),
                            at,
                            index,
                            FileName.fromBytes(b, at + Format.DIR_NAME, DirectoryBlock.nameLength(b, at))));
                }
            }
        }
        for (Directory.Corrupt corrupt : directory.corrupt()) {
            lines.add("block " + corrupt.block() + ", from byte " + corrupt.fromByte() + " on: no sound records");
        }
        return lines;
    }

    /** By a look through all directories, in a table of its own, as the look mends what it finds. */
    private String path(int number) {
        InodeTable other = table();
        new DirectoryPass(volume, other, new Problems(), true).run();
        return DirectoryPass.path(other.get(number));
    }

    // ---- Blocks ----

    /** Who owns a block, and what it holds. */
    public List<String> block(int block) {
        owner(block);
        PartialWrite write = covering(block);
        if (write == null) {
            return lines;
        }
        int index = block - write.address() - 1;
        lines.add(
                index < 0
                        ? new BlockWords(volume).summary(write)
                        : "in the log: " + BlockWords.entry(write, index) + ", of partial write " + write.sequence()
                                + " in block " + write.address());
        if (index >= 0) {
            lines.addAll(new BlockWords(volume).payload(write, index));
        }
        return lines;
    }

    private @Nullable PartialWrite covering(int block) {
        PartialWrite found = null;
        if (g.isInSegment(block)) {
            for (PartialWrite write : SegmentReading.of(volume, g.segmentOf(block))) {
                if (block >= write.address()
                        && block < write.end()
                        && (found == null || write.sequence() > found.sequence())) {
                    found = write;
                }
            }
        }
        return found;
    }

    /** One line: what a block is, whose, and its path. */
    public List<String> owner(int block) {
        lines.add("block " + block + " " + new BlockOwners(g, checkpoint, table, this::path).words(block));
        return lines;
    }

    public List<String> sector(long sector) {
        int block = (int) (sector / g.sectorsPerBlock());
        lines.add("sector " + sector + " of 512 bytes, in block " + block);
        return block < g.blockCount() ? block(block) : lines;
    }
}
