package dev.powercut.targets.logfs;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;

import dev.powercut.kernel.vfs.Mode;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.InodeRecord;
import dev.powercut.targets.logfs.format.OperationRecord;
import dev.powercut.targets.logfs.format.Summary;
import dev.powercut.targets.logfs.mkfs.DeviceTooSmallException;
import dev.powercut.targets.logfs.mkfs.Mkfs;
import dev.powercut.targets.logfs.mkfs.MkfsOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Builds images by hand, without the filesystem: a log that only grows, group by group, so that any state that a crash may leave can be made.
 * Names and files are changed in memory; {@link #group} and {@link #checkpoint} write them.
 */
public final class ImageBuilder {

    private static final class File {
        final int number;
        final long version;
        int mode;
        int links;
        int parent;
        int device;
        long size;
        String target = "";
        final List<byte[]> names = new ArrayList<>();
        final TreeMap<Long, Integer> addresses = new TreeMap<>();
        int[] tree = {};
        boolean dirty = true;

        File(int number, long version, int mode) {
            this.number = number;
            this.version = version;
            this.mode = mode;
        }
    }

    private record Entry(int kind, int inode, long version, long offset, byte[] bytes) {}

    public final Geometry g;
    private final byte[] image;
    private final Checksum checksum;
    private final TreeMap<Integer, File> files = new TreeMap<>();
    private final int[] mapBlock;
    private final int[] mapSlot;
    private final long[] mapVersion;
    private final List<Entry> pending = new ArrayList<>();
    private final ByteArrayOutputStream operations = new ByteArrayOutputStream();
    private int[] mapPointers;
    private int[] usagePointers;
    private long checkpoint;
    private long sequence;
    private int at;
    private int nextNumber = 2;
    private long now = 1_000_000_000L;

    public ImageBuilder(long bytes, MkfsOptions options) {
        SimulatedDisk disk = disk(DiskImage.blank(bytes / Sector.BYTES));
        try {
            g = Mkfs.format(disk, options);
        } catch (DeviceTooSmallException e) {
            throw new AssertionError(e);
        }
        image = new byte[(int) bytes];
        disk.image().read(0, (int) (bytes / Sector.BYTES), image, 0);
        checksum = new Checksum(g.volumeId());
        mapBlock = new int[g.inodeCount() + 1];
        mapSlot = new int[g.inodeCount() + 1];
        mapVersion = new long[g.inodeCount() + 1];
        mapPointers = new int[1];
        usagePointers = new int[g.usageBlocks()];
        checkpoint = 1;
        sequence = 2;
        at = g.segmentStart(0) + 4;
        File root = new File(1, 1, Mode.DIRECTORY | 0755);
        root.links = 2;
        root.parent = 1;
        files.put(1, root);
        mapVersion[1] = 1;
    }

    public static SimulatedDisk disk(DiskImage image) {
        return SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
    }

    public DiskImage image() {
        return DiskImage.of(image);
    }

    /** The image with some of everything in several directories, checkpointed. */
    public static ImageBuilder populated(long bytes, MkfsOptions options) {
        ImageBuilder b = new ImageBuilder(bytes, options);
        int deep = 1;
        for (int level = 0; level < 4; level++) {
            deep = b.directory(deep, "level" + level);
            b.file(deep, "a", 1, 1);
            int two = b.file(deep, "b", 3 + level, 1);
            b.link(1, "link" + level, two);
            b.symlink(deep, "short", "target " + level);
            b.symlink(deep, "long", "t".repeat(200 + level));
            b.group();
        }
        int many = b.directory(1, "many");
        for (int i = 0; i < 30; i++) {
            b.file(many, "file with a rather long name, as people like them, number " + i, i % 3, 1);
        }
        b.checkpoint();
        b.file(1, "sparse", 30, 7);
        b.file(1, "tree", 12 * b.g.extentsPerBlock() / 10, 2);
        b.special(1, "pipe", Mode.FIFO | 0644, 0);
        b.special(1, "null", Mode.CHARACTER_DEVICE | 0666, 0x103);
        b.checkpoint();
        for (int i = 0; i < 10; i += 3) {
            b.unlink(many, "file with a rather long name, as people like them, number " + i);
        }
        b.file(many, "late", 2, 1);
        b.checkpoint();
        return b;
    }

    // ---- Names and files, in memory ----

    private File file(int number) {
        return Objects.requireNonNull(files.get(number), "no inode " + number);
    }

    private File make(int directory, String name, int mode) {
        File made = new File(nextNumber, mapVersion[nextNumber] + 1, mode);
        mapVersion[nextNumber] = made.version;
        nextNumber++;
        files.put(made.number, made);
        enter(directory, name, made);
        return made;
    }

    private void enter(int directory, String name, File made) {
        File home = file(directory);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        home.dirty = true;
        made.dirty = true;
        made.links += Mode.isDirectory(made.mode) ? 2 : 1;
        made.parent = Mode.isDirectory(made.mode) ? directory : 0;
        home.links += Mode.isDirectory(made.mode) ? 1 : 0;
        for (byte[] block : home.names) {
            int room = DirectoryBlock.findRoom(block, bytes.length);
            if (room != DirectoryBlock.NONE) {
                DirectoryBlock.insert(block, room, bytes, 0, bytes.length, made.number, made.mode >>> 12);
                return;
            }
        }
        byte[] fresh = DirectoryBlock.empty(g.blockSizeBytes());
        DirectoryBlock.insert(fresh, 0, bytes, 0, bytes.length, made.number, made.mode >>> 12);
        home.names.add(fresh);
        home.size = (long) home.names.size() * g.blockSizeBytes();
    }

    public int directory(int parent, String name) {
        return make(parent, name, Mode.DIRECTORY | 0755).number;
    }

    /** A regular file with so many blocks, of which each is {@code stride} behind the last. */
    public int file(int parent, String name, int blocks, int stride) {
        File made = make(parent, name, Mode.REGULAR | 0644);
        for (int i = 0; i < blocks; i++) {
            write(made.number, (long) i * stride, (byte) (made.number + i + 1));
        }
        made.size = blocks == 0 ? 0 : (long) ((blocks - 1) * stride) * g.blockSizeBytes() + g.blockSizeBytes() / 2 + 7;
        return made.number;
    }

    /** Writes a block of a file, into the group that is open. */
    public void write(int number, long fileBlock, byte fill) {
        File file = file(number);
        byte[] b = new byte[g.blockSizeBytes()];
        Arrays.fill(b, fill);
        file.addresses.put(fileBlock, add(Format.KIND_DATA, number, file.version, fileBlock, b));
        file.size = Math.max(file.size, (fileBlock + 1) * g.blockSizeBytes());
        file.dirty = true;
    }

    public int symlink(int parent, String name, String target) {
        File made = make(parent, name, Mode.SYMLINK | 0777);
        byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Format.INO_AREA_BYTES) {
            byte[] b = Arrays.copyOf(bytes, g.blockSizeBytes());
            made.addresses.put(0L, add(Format.KIND_DATA, made.number, made.version, 0, b));
        } else {
            made.target = target;
        }
        made.size = bytes.length;
        return made.number;
    }

    public int special(int parent, String name, int mode, int device) {
        File made = make(parent, name, mode);
        made.device = device;
        return made.number;
    }

    public void link(int parent, String name, int number) {
        enter(parent, name, file(number));
    }

    public void unlink(int directory, String name) {
        File home = file(directory);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (byte[] block : home.names) {
            int record = DirectoryBlock.find(block, bytes, 0, bytes.length);
            if (record != DirectoryBlock.NONE) {
                File file = file(DirectoryBlock.inode(block, record));
                DirectoryBlock.remove(block, record);
                home.dirty = true;
                file.dirty = true;
                if (--file.links == 0) {
                    files.remove(file.number);
                    mapBlock[file.number] = 0;
                    mapSlot[file.number] = 0;
                }
                return;
            }
        }
        throw new AssertionError(name);
    }

    public int linkCount(int number) {
        return file(number).links;
    }

    public long version(int number) {
        return mapVersion[number];
    }

    /** Makes a change that is not to be written with the next group. */
    public void clean(int number) {
        file(number).dirty = false;
    }

    /** Adds a directory operation record to the group that is open. */
    public void operation(
            int kind,
            int type,
            int inode,
            int links,
            int from,
            String fromName,
            int to,
            String toName,
            int replaced,
            int replacedLinks) {
        operations.writeBytes(OperationRecord.encode(
                kind,
                type,
                now += 1000,
                inode,
                links,
                mapVersion[inode],
                from,
                fromName.getBytes(StandardCharsets.UTF_8),
                to,
                toName.getBytes(StandardCharsets.UTF_8),
                replaced,
                replacedLinks,
                replaced == 0 ? 0 : mapVersion[replaced]));
    }

    // ---- The log ----

    private int room() {
        int end = g.segmentStart(g.segmentOf(at)) + g.segmentBlocks();
        return Math.min(g.maxPayloadBlocks(), end - at - 1);
    }

    /** Adds a block to the group that is open. */
    public int add(int kind, int inode, long version, long offset, byte[] bytes) {
        if (pending.size() == room()) {
            seal(0);
        }
        pending.add(new Entry(kind, inode, version, offset, bytes));
        return at + pending.size();
    }

    private void seal(int flags) {
        int size = g.blockSizeBytes();
        byte[] b = new byte[(1 + pending.size()) * size];
        for (int i = 0; i < pending.size(); i++) {
            Entry e = pending.get(i);
            Summary.putEntry(b, 0, i, e.kind, e.inode, e.version, e.offset);
            System.arraycopy(e.bytes, 0, b, (1 + i) * size, size);
        }
        int next = at + 1 + pending.size();
        int end = g.segmentStart(g.segmentOf(at)) + g.segmentBlocks();
        if (end - next < 2) {
            next = end;
        }
        Summary.seal(
                g,
                checksum,
                b,
                0,
                checkpoint,
                sequence++,
                now += 1000,
                at,
                next,
                g.segmentStart(g.segmentOf(next)) + g.segmentBlocks(),
                pending.size(),
                flags);
        System.arraycopy(b, 0, image, at * size, b.length);
        at = next;
        pending.clear();
    }

    /** Writes all that is dirty, as an fsync does, and ends the group. */
    public void group() {
        dirty();
        seal(Format.FLAG_END);
    }

    /** Writes all that is dirty, without ending the group. */
    public void tornGroup() {
        dirty();
        seal(0);
    }

    private void dirty() {
        if (operations.size() > 0) {
            byte[] b = new byte[g.blockSizeBytes()];
            put32(b, 0, Format.OPS_RECORDS + operations.size());
            System.arraycopy(operations.toByteArray(), 0, b, Format.OPS_RECORDS, operations.size());
            add(Format.KIND_OPERATIONS, 0, 0, 0, b);
            operations.reset();
        }
        List<File> dirty = new ArrayList<>();
        for (File file : files.values()) {
            if (file.dirty) {
                dirty.add(file);
                for (int i = 0; i < file.names.size(); i++) {
                    byte[] copy = file.names.get(i).clone();
                    file.addresses.put((long) i, add(Format.KIND_DIRECTORY, file.number, file.version, i, copy));
                }
            }
        }
        int perBlock = g.inodesPerBlock();
        for (int first = 0; first < dirty.size(); first += perBlock) {
            byte[] b = new byte[g.blockSizeBytes()];
            List<File> some = dirty.subList(first, Math.min(dirty.size(), first + perBlock));
            for (int slot = 0; slot < some.size(); slot++) {
                record(some.get(slot), b, slot * Format.INODE_BYTES);
            }
            int address = add(Format.KIND_INODES, 0, 0, 0, b);
            for (int slot = 0; slot < some.size(); slot++) {
                mapBlock[some.get(slot).number] = address;
                mapSlot[some.get(slot).number] = slot;
                some.get(slot).dirty = false;
            }
        }
    }

    private void record(File file, byte[] b, int at) {
        InodeRecord.setNumber(b, at, file.number);
        InodeRecord.setMode(b, at, file.mode);
        InodeRecord.setVersion(b, at, file.version);
        InodeRecord.setOwner(b, at, 1000, 100);
        InodeRecord.setLinkCount(b, at, file.links);
        InodeRecord.setDevice(b, at, file.device);
        InodeRecord.setSizeBytes(b, at, file.size);
        InodeRecord.setTimes(b, at, now, now + 1, now + 2, now - 1);
        InodeRecord.setParent(b, at, file.parent);
        byte[] target = file.target.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(target, 0, b, at + Format.INO_AREA, target.length);
        List<long[]> extents = new ArrayList<>();
        for (Map.Entry<Long, Integer> block : file.addresses.entrySet()) {
            long[] last = extents.isEmpty() ? new long[] {-9, 0, 0} : extents.getLast();
            if (last[0] + last[2] == block.getKey() && last[1] + last[2] == block.getValue()) {
                last[2]++;
            } else {
                extents.add(new long[] {block.getKey(), block.getValue(), 1});
            }
        }
        int depth = InodeRecord.depthFor(g, extents.size());
        InodeRecord.setExtents(b, at, depth, extents.size());
        file.tree = new int[0];
        if (depth == 0) {
            putExtents(extents, b, at + Format.INO_AREA);
            return;
        }
        if (depth > 1) {
            throw new AssertionError("trees of one level only");
        }
        file.tree = new int[Math.ceilDiv(extents.size(), g.extentsPerBlock())];
        for (int i = 0; i < file.tree.length; i++) {
            byte[] leaf = new byte[g.blockSizeBytes()];
            int first = i * g.extentsPerBlock();
            putExtents(extents.subList(first, Math.min(extents.size(), first + g.extentsPerBlock())), leaf, 0);
            file.tree[i] = add(Format.KIND_EXTENTS, file.number, file.version, i, leaf);
            InodeRecord.setAddress(b, at, i, file.tree[i]);
        }
    }

    private static void putExtents(List<long[]> extents, byte[] b, int at) {
        for (int i = 0; i < extents.size(); i++) {
            put64(b, at + 16 * i, extents.get(i)[0]);
            put32(b, at + 16 * i + 8, (int) extents.get(i)[1]);
            put32(b, at + 16 * i + 12, (int) extents.get(i)[2]);
        }
    }

    /** Writes all that is dirty and the tables, and a checkpoint. */
    public void checkpoint() {
        dirty();
        int perMap = g.mapEntriesPerBlock();
        mapPointers = new int[g.maxMapBlocks()];
        for (int index = 0; index < mapPointers.length; index++) {
            byte[] b = new byte[g.blockSizeBytes()];
            boolean used = false;
            for (int i = 0; i < perMap && index * perMap + i <= g.inodeCount(); i++) {
                int number = index * perMap + i;
                put32(b, 16 * i, mapBlock[number]);
                put32(b, 16 * i + 4, mapSlot[number]);
                put64(b, 16 * i + 8, mapVersion[number]);
                used |= mapVersion[number] != 0;
            }
            mapPointers[index] = used ? add(Format.KIND_INODE_MAP, 0, 0, index, b) : 0;
        }
        long[] live = live();
        int perUsage = g.usageEntriesPerBlock();
        usagePointers = new int[g.usageBlocks()];
        for (int index = 0; index < usagePointers.length; index++) {
            byte[] b = new byte[g.blockSizeBytes()];
            for (int i = 0; i < perUsage && index * perUsage + i < g.segmentCount(); i++) {
                put32(b, 16 * i, (int) live[index * perUsage + i]);
                put64(b, 16 * i + 8, live[index * perUsage + i] == 0 ? 0 : now);
            }
            usagePointers[index] = add(Format.KIND_USAGE, 0, 0, index, b);
        }
        seal(Format.FLAG_END);
        checkpoint++;
        region(checkpoint);
    }

    private long[] live() {
        long[] live = new long[g.segmentCount()];
        for (File file : files.values()) {
            live[g.segmentOf(mapBlock[file.number])] += Format.INODE_BYTES;
            for (int address : file.addresses.values()) {
                live[g.segmentOf(address)] += g.blockSizeBytes();
            }
            for (int address : file.tree) {
                live[g.segmentOf(address)] += g.blockSizeBytes();
            }
        }
        return live;
    }

    /** Writes a checkpoint of what the last {@link #checkpoint} wrote, with another number. */
    private void region(long number) {
        byte[] b = new Checkpoint(
                        number,
                        now,
                        sequence,
                        at,
                        g.segmentStart(g.segmentOf(at)) + g.segmentBlocks(),
                        files.size(),
                        files.values().stream()
                                .mapToInt(file -> file.tree.length)
                                .sum(),
                        mapPointers,
                        usagePointers)
                .encode(checksum);
        System.arraycopy(b, 0, image, g.checkpointBlock(number) * g.blockSizeBytes(), b.length);
    }

    // ---- Wounds ----

    /** Bytes of the image, to be changed at will. */
    public byte[] bytes() {
        return image;
    }

    public int recordAt(int number) {
        return mapBlock[number] * g.blockSizeBytes() + mapSlot[number] * Format.INODE_BYTES;
    }

    public int blockOf(int number, long fileBlock) {
        return Objects.requireNonNull(file(number).addresses.get(fileBlock));
    }

    public int mapEntryAt(int number) {
        return mapPointers[number / g.mapEntriesPerBlock()] * g.blockSizeBytes()
                + number % g.mapEntriesPerBlock() * Format.MAP_ENTRY_BYTES;
    }

    public int usageEntryAt(int segment) {
        return usagePointers[segment / g.usageEntriesPerBlock()] * g.blockSizeBytes()
                + segment % g.usageEntriesPerBlock() * Format.USAGE_ENTRY_BYTES;
    }

    public int logEnd() {
        return at;
    }

    public long checkpointNumber() {
        return checkpoint;
    }
}
