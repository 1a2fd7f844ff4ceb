package dev.powercut.targets.logfs.reader;

import static dev.powercut.targets.logfs.format.Format.*;

import dev.powercut.check.tree.FileContents;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.sim.disk.DiskImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rebuilds the whole tree from an image, its log rolled forward. What does not fit together is an {@link UnreadableImageException}. */
public final class SecondReader {

    /** An entry of the inode map; block 0: free. */
    private record Place(long block, long slot, long version) {}

    /** What roll-forward may change of an inode; the rest is in its record. */
    private static final class Inode {
        final Bytes record;
        final long version;
        long links;
        long parent;
        long modified;

        @Nullable
        TreeMap<String, Name> names;

        Inode(Bytes record) {
            this.record = record;
            this.version = record.u64(INO_VERSION);
            this.links = record.u32(INO_LINKS);
            this.parent = record.u32(INO_PARENT);
            this.modified = record.u64(INO_MODIFIED);
        }

        int type() {
            return (int) record.u32(INO_MODE) >>> 12;
        }
    }

    private record Name(long inode, int type) {}

    private record Extent(long fileBlock, long address, long length) {}

    /** A partial write of a group that counts. */
    private record Partial(long address, Bytes summary, Bytes payload, int group) {}

    private static final int DIRECTORY = 4;
    private static final int REGULAR = 8;
    private static final int SYMLINK = 10;

    private final DiskImage image;
    private long volumeId;
    private int blockSize;
    private long blockCount;
    private long segmentBlocks;
    private long segmentCount;
    private long firstSegment;
    private long inodeCount;

    private final Map<Long, Place> map = new TreeMap<>();
    private final Map<Long, Inode> inodes = new TreeMap<>();
    private int groups;

    private SecondReader(DiskImage image) {
        this.image = image;
    }

    /** The tree of an image. */
    public static Node.Directory read(DiskImage image) {
        SecondReader reader = new SecondReader(image);
        reader.readSuperblock();
        reader.readCheckpointAndLog();
        return reader.tree();
    }

    /** How many groups of the log behind the checkpoint take effect. */
    public static int groupsBehindCheckpoint(DiskImage image) {
        SecondReader reader = new SecondReader(image);
        reader.readSuperblock();
        reader.readCheckpointAndLog();
        return reader.groups;
    }

    private static UnreadableImageException bad(String what) {
        return new UnreadableImageException(what);
    }

    // ---- The device ----

    private Bytes sectors(long first, int count) {
        byte[] b = new byte[512 * count];
        image.read(first, count, b, 0);
        return new Bytes(b);
    }

    private Bytes blocks(long first, long count) {
        return sectors(first * (blockSize / 512), (int) count * (blockSize / 512));
    }

    private long endOfSegments() {
        return firstSegment + segmentCount * segmentBlocks;
    }

    private boolean isInSegment(long block) {
        return block >= firstSegment && block < endOfSegments();
    }

    private long segmentEnd(long block) {
        return firstSegment + ((block - firstSegment) / segmentBlocks + 1) * segmentBlocks;
    }

    private Bytes segmentBlock(long block, String what) {
        if (!isInSegment(block)) {
            throw bad(what + " in block " + block + ", outside of the segments");
        }
        return blocks(block, 1);
    }

    // ---- Superblock ----

    private void readSuperblock() {
        Bytes found = sectors(0, 1);
        if (!isSuperblock(found)) {
            found = backup();
        }
        volumeId = found.u64(SB_VOLUME_ID);
        blockSize = (int) found.u32(SB_BLOCK_SIZE);
        blockCount = found.u32(SB_BLOCK_COUNT);
        segmentBlocks = found.u32(SB_SEGMENT_BLOCKS);
        segmentCount = found.u32(SB_SEGMENT_COUNT);
        firstSegment = found.u32(SB_FIRST_SEGMENT);
        inodeCount = found.u32(SB_INODE_COUNT);
        superblock = found;
    }

    private Bytes superblock = new Bytes(new byte[0]);

    private Bytes backup() {
        for (int size = MIN_BLOCK_SIZE_BYTES; size <= MAX_BLOCK_SIZE_BYTES; size *= 2) {
            long blocks = image.sectorCount() * 512 / size;
            Bytes b = blocks < 1 ? sectors(0, 1) : sectors((blocks - 1) * (size / 512), 1);
            if (isSuperblock(b) && b.u32(SB_BLOCK_SIZE) == size) {
                return b;
            }
        }
        throw bad("no superblock");
    }

    private static boolean isSuperblock(Bytes b) {
        return b.u64(SB_MAGIC) == SUPERBLOCK_MAGIC
                && b.u32(SB_REVISION) == REVISION
                && b.checksum(b.u64(SB_VOLUME_ID), SB_CHECKSUM) == b.u32(SB_CHECKSUM);
    }

    // ---- Checkpoint ----

    private void readCheckpointAndLog() {
        Bytes a = checkpoint(superblock.u32(SB_CHECKPOINT_A));
        Bytes b = checkpoint(superblock.u32(SB_CHECKPOINT_B));
        Bytes newest = a == null || b != null && b.u64(CP_SEQUENCE) > a.u64(CP_SEQUENCE) ? b : a;
        if (newest == null) {
            throw bad("no valid checkpoint");
        }
        readMap(newest);
        List<Partial> log = readLog(newest);
        groups = log.isEmpty() ? 0 : log.getLast().group + 1;
        rollForward(log);
    }

    private @Nullable Bytes checkpoint(long block) {
        Bytes head = blocks(block, 1);
        long maps = head.u32(CP_MAP_COUNT);
        long usages = head.u32(CP_USAGE_COUNT);
        long perTableBlock = blockSize / 16;
        if (head.u32(CP_MAGIC) != (CHECKPOINT_MAGIC & 0xFFFF_FFFFL)
                || usages != (segmentCount + perTableBlock - 1) / perTableBlock
                || maps > inodeCount / perTableBlock + 1) {
            return null;
        }
        int length = 512 * (1 + (int) ((4 * maps + 4 * usages + 8 + 511) / 512));
        Bytes all = sectors(block * (blockSize / 512), length / 512);
        long next = all.u32(CP_NEXT);
        boolean valid = all.u64(CP_SEQUENCE) == all.u64(length - 8)
                && all.checksum(volumeId, CP_CHECKSUM) == all.u32(CP_CHECKSUM)
                && isInSegment(next)
                && all.u32(CP_NEXT_END) > next
                && all.u32(CP_NEXT_END) <= segmentEnd(next);
        return valid ? all : null;
    }

    private void readMap(Bytes checkpoint) {
        int perBlock = blockSize / MAP_ENTRY_BYTES;
        for (int k = 0; k < checkpoint.u32(CP_MAP_COUNT); k++) {
            long pointer = checkpoint.u32(CP_POINTERS + 4 * k);
            if (pointer == 0) {
                continue;
            }
            Bytes b = segmentBlock(pointer, "a block of the inode map");
            for (int i = 0; i < perBlock; i++) {
                long number = (long) k * perBlock + i;
                int at = i * MAP_ENTRY_BYTES;
                if (number >= 1 && number <= inodeCount) {
                    map.put(number, new Place(b.u32(at + MAP_BLOCK), b.u32(at + MAP_SLOT), b.u64(at + MAP_VERSION)));
                }
            }
        }
    }

    private Place place(long number) {
        return map.getOrDefault(number, new Place(0, 0, 0));
    }

    // ---- The log ----

    private List<Partial> readLog(Bytes checkpoint) {
        List<Partial> counted = new ArrayList<>();
        List<Partial> group = new ArrayList<>();
        long at = checkpoint.u32(CP_NEXT);
        long expected = checkpoint.u64(CP_NEXT_SEQUENCE);
        int ended = 0;
        while (true) {
            Bytes summary = blocks(at, 1);
            long count = summary.u32(SUM_COUNT);
            long next = summary.u32(SUM_NEXT);
            boolean isSummary = summary.u32(SUM_MAGIC) == SUMMARY_MAGIC
                    && summary.u32(SUM_ADDRESS) == at
                    && count <= (blockSize - SUM_ENTRIES) / ENTRY_BYTES
                    && at + 1 + count <= segmentEnd(at)
                    && isInSegment(next)
                    && summary.u32(SUM_NEXT_END) > next
                    && summary.u32(SUM_NEXT_END) <= segmentEnd(next);
            if (!isSummary // A
                    || summary.checksum(volumeId, SUM_CHECKSUM) != summary.u32(SUM_CHECKSUM) // B
                    || summary.u64(SUM_CHECKPOINT) != checkpoint.u64(CP_SEQUENCE) // C
                    || (summary.u32(SUM_FLAGS) & FLAG_RECOVERY) != 0
                    || summary.u64(SUM_SEQUENCE) != expected) {
                return counted;
            }
            Bytes payload = count == 0 ? new Bytes(new byte[0]) : blocks(at + 1, count);
            if (payload.checksum(volumeId, -1) != summary.u32(SUM_PAYLOAD_CHECKSUM)) { // D
                return counted;
            }
            group.add(new Partial(at, summary, payload, ended)); // E
            if ((summary.u32(SUM_FLAGS) & FLAG_END) != 0) { // F
                counted.addAll(group);
                group.clear();
                ended++;
            }
            at = next;
            expected++;
        }
    }

    /** Group in which the log has an inode's record last, by number. */
    private final Map<Long, Integer> writtenIn = new TreeMap<>();

    /** Names that K set, by directory and name, with the version that the inode must have. */
    private final Map<String, long[]> setNames = new TreeMap<>();

    private void rollForward(List<Partial> log) {
        for (Partial partial : log) {
            for (int i = 0; i < partial.summary.u32(SUM_COUNT); i++) {
                if (partial.summary.u32(SUM_ENTRIES + i * ENTRY_BYTES + ENTRY_KIND) == KIND_INODES) {
                    inodeRecords(partial, i);
                }
            }
        }
        for (Partial partial : log) {
            for (int i = 0; i < partial.summary.u32(SUM_COUNT); i++) {
                if (partial.summary.u32(SUM_ENTRIES + i * ENTRY_BYTES + ENTRY_KIND) == KIND_OPERATIONS) {
                    Bytes b = partial.payload.part(i * blockSize, blockSize);
                    long used = b.u32(OPS_USED);
                    if (used < OPS_RECORDS || used > blockSize) { // T
                        throw bad("operations of " + used + " bytes");
                    }
                    for (int at = OPS_RECORDS; at < used; at += b.u16(at + OP_LENGTH)) {
                        checkOperation(b, at, used);
                        operation(b, at, partial.group);
                    }
                }
            }
        }
        setNames.forEach((key, set) -> { // R
            long directory = Long.parseLong(key.substring(0, key.indexOf('/')));
            String name = key.substring(key.indexOf('/') + 1);
            Inode home = inode(directory);
            Inode named = inode(set[0]);
            if (home != null && home.type() == DIRECTORY && (named == null || named.version != set[1])) {
                names(home).remove(name);
                home.links -= set[2] == DIRECTORY ? 1 : 0;
            }
        });
    }

    private void inodeRecords(Partial partial, int index) {
        for (int slot = 0; slot < blockSize / INODE_BYTES; slot++) {
            int at = index * blockSize + slot * INODE_BYTES;
            long number = partial.payload.u32(at + INO_NUMBER);
            long version = partial.payload.u64(at + INO_VERSION);
            if (number == 0) {
                return;
            } else if (number > inodeCount || version < 1) { // S
                throw bad("a record of inode " + number + ", version " + version);
            }
            if (version >= place(number).version) { // H, I
                map.put(number, new Place(partial.address + 1 + index, slot, version));
                writtenIn.put(number, partial.group);
            }
        }
    }

    /** T. */
    private void checkOperation(Bytes b, int at, long used) {
        boolean sound = at + OP_NAMES <= used;
        if (sound) {
            int length = b.u16(at + OP_LENGTH);
            int from = b.u8(at + OP_FROM_NAME_LENGTH);
            int to = b.u8(at + OP_TO_NAME_LENGTH);
            boolean hasOther = b.u32(at + OP_REPLACED) != 0;
            sound = length % 8 == 0
                    && at + length <= used
                    && OP_NAMES + from + to <= length
                    && isName(b.u32(at + OP_FROM_DIRECTORY), b, at + OP_NAMES, from)
                    && isName(b.u32(at + OP_TO_DIRECTORY), b, at + OP_NAMES + from, to)
                    && isFile(b.u32(at + OP_INODE), b.u64(at + OP_VERSION), b.u32(at + OP_LINKS))
                    && (!hasOther
                            || isFile(
                                    b.u32(at + OP_REPLACED),
                                    b.u64(at + OP_REPLACED_VERSION),
                                    b.u32(at + OP_REPLACED_LINKS)));
        }
        if (!sound) {
            throw bad("an operation at byte " + at);
        }
    }

    private boolean isName(long directory, Bytes b, int at, int length) {
        String name = FileName.fromBytes(b.array(), at, length);
        return directory == 0
                || directory <= inodeCount
                        && !name.isEmpty()
                        && !name.equals(".")
                        && !name.equals("..")
                        && name.indexOf('/') < 0
                        && name.indexOf(0) < 0;
    }

    private boolean isFile(long number, long version, long links) {
        return number >= 1 && number <= inodeCount && version >= 1 && links <= MAX_LINKS;
    }

    private void operation(Bytes b, int at, int group) {
        int type = b.u8(at + OP_TYPE);
        int fromLength = b.u8(at + OP_FROM_NAME_LENGTH);
        int toLength = b.u8(at + OP_TO_NAME_LENGTH);
        long from = b.u32(at + OP_FROM_DIRECTORY);
        long to = b.u32(at + OP_TO_DIRECTORY);
        long time = b.u64(at + OP_TIME);
        long inode = b.u32(at + OP_INODE);
        long replaced = b.u32(at + OP_REPLACED);
        int ofDirectory = type == DIRECTORY ? 1 : 0;
        Inode source = from == 0 ? null : changeable(from, group);
        if (source != null) {
            String name = FileName.fromBytes(b.array(), at + OP_NAMES, fromLength);
            Name removed = names(source).remove(name);
            source.links -= ofDirectory(removed);
            setNames.remove(from + "/" + name);
            source.modified = removed == null ? source.modified : time;
        }
        Inode target = to == 0 ? null : changeable(to, group);
        if (target != null) {
            String name = FileName.fromBytes(b.array(), at + OP_NAMES + fromLength, toLength);
            target.links += ofDirectory - ofDirectory(names(target).put(name, new Name(inode, type)));
            setNames.put(to + "/" + name, new long[] {inode, b.u64(at + OP_VERSION), type});
            target.modified = time;
        }
        links(inode, b.u64(at + OP_VERSION), b.u32(at + OP_LINKS), ofDirectory == 1 ? to : 0, group);
        if (replaced != 0) {
            links(replaced, b.u64(at + OP_REPLACED_VERSION), b.u32(at + OP_REPLACED_LINKS), 0, group);
        }
    }

    private static int ofDirectory(@Nullable Name name) {
        return name != null && name.type == DIRECTORY ? 1 : 0;
    }

    /** J, K, L. */
    private @Nullable Inode changeable(long directory, int group) {
        Integer written = writtenIn.get(directory);
        Inode inode = written != null && written >= group ? null : inode(directory);
        return inode == null || inode.type() != DIRECTORY ? null : inode;
    }

    private void links(long number, long version, long count, long parent, int group) {
        Integer written = writtenIn.get(number);
        Place place = place(number);
        if (count > 0 && written != null && written >= group && place.version == version) {
            return; // M
        } else if (place.version < version) {
            map.put(number, new Place(0, 0, version)); // P
            return;
        }
        Inode inode = place.version > version ? null : inode(number); // Q
        if (inode == null) {
            return;
        } else if (count == 0) {
            map.put(number, new Place(0, 0, version)); // O
        } else { // N
            inode.links = count;
            inode.parent = parent == 0 ? inode.parent : parent;
        }
    }

    // ---- Inodes and their contents ----

    /** The inode that the map has for a number; null when the number is free. */
    private @Nullable Inode inode(long number) {
        Place place = place(number);
        if (place.block == 0) {
            inodes.remove(number);
            return null;
        }
        Inode known = inodes.get(number);
        if (known == null || known.version != place.version) {
            Bytes block = segmentBlock(place.block, "inode " + number);
            known = new Inode(block.part((int) place.slot * INODE_BYTES, INODE_BYTES));
            if (known.record.u32(INO_NUMBER) != number || known.version != place.version) {
                throw bad("inode " + number + " is not in block " + place.block + ", slot " + place.slot);
            }
            inodes.put(number, known);
        }
        return known;
    }

    private List<Extent> extents(Inode inode) {
        int count = (int) inode.record.u32(INO_EXTENT_COUNT);
        int depth = (int) inode.record.u32(INO_DEPTH);
        if (depth == 0) {
            return extents(inode.record, INO_AREA, count);
        }
        int[] blocksOnLevel = new int[depth];
        int below = count;
        for (int level = 0; level < depth; level++) {
            int perBlock = level == 0 ? blockSize / EXTENT_BYTES : blockSize / POINTER_BYTES;
            blocksOnLevel[level] = (below + perBlock - 1) / perBlock;
            below = blocksOnLevel[level];
        }
        if (below > INLINE_ADDRESSES) {
            throw bad(below + " blocks on the top level");
        }
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < below; i++) {
            addresses.add(inode.record.u32(INO_AREA + 4 * i));
        }
        for (int level = depth - 1; level > 0; level--) {
            List<Long> next = new ArrayList<>();
            for (long address : addresses) {
                Bytes b = segmentBlock(address, "an extent block");
                for (int i = 0; i < blockSize / 4 && next.size() < blocksOnLevel[level - 1]; i++) {
                    next.add(b.u32(4 * i));
                }
            }
            addresses = next;
        }
        List<Extent> all = new ArrayList<>();
        for (long address : addresses) {
            Bytes b = segmentBlock(address, "an extent block");
            all.addAll(extents(b, 0, Math.min(blockSize / EXTENT_BYTES, count - all.size())));
        }
        return all;
    }

    private List<Extent> extents(Bytes b, int at, int count) {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int e = at + i * EXTENT_BYTES;
            Extent extent = new Extent(b.u64(e + EXT_FILE_BLOCK), b.u32(e + EXT_ADDRESS), b.u32(e + EXT_LENGTH));
            if (extent.length == 0
                    || !isInSegment(extent.address)
                    || extent.address + extent.length > endOfSegments()) {
                throw bad("an extent " + extent);
            }
            extents.add(extent);
        }
        return extents;
    }

    private TreeMap<String, Name> names(Inode inode) {
        TreeMap<String, Name> known = inode.names;
        if (known == null) {
            known = new TreeMap<>();
            long next = 0;
            for (Extent extent : extents(inode)) {
                if (extent.fileBlock != next) {
                    throw bad("a hole in a directory");
                }
                next += extent.length;
                for (int i = 0; i < extent.length; i++) {
                    names(blocks(extent.address + i, 1), known);
                }
            }
            if (next * blockSize != inode.record.u64(INO_SIZE)) {
                throw bad("a directory of " + inode.record.u64(INO_SIZE) + " bytes in " + next + " blocks");
            }
            inode.names = known;
        }
        return known;
    }

    private void names(Bytes b, Map<String, Name> into) {
        int at = 0;
        while (at < b.size()) {
            int length = b.u16(at + DIR_LENGTH);
            int nameLength = b.u8(at + DIR_NAME_LENGTH);
            if (length % 4 != 0 || length < 8 || at + length > b.size() || 8 + nameLength > length) {
                throw bad("a directory record of " + length + " bytes");
            }
            if (b.u32(at + DIR_INODE) != 0) {
                String name = FileName.fromBytes(b.array(), at + DIR_NAME, nameLength);
                Name before = into.put(name, new Name(b.u32(at + DIR_INODE), b.u8(at + DIR_TYPE)));
                if (before != null || name.isEmpty() || name.equals(".") || name.equals("..")) {
                    throw bad("the name '" + name + "'");
                }
            }
            at += length;
        }
    }

    // ---- The tree ----

    private final Map<Long, Node> nodes = new TreeMap<>();
    private final Map<Long, Long> namesOf = new TreeMap<>();

    private Node.Directory tree() {
        Inode root = inode(ROOT_INODE);
        if (root == null || root.type() != DIRECTORY || root.parent != ROOT_INODE) {
            throw bad("no root");
        }
        Node.Directory tree = directory(ROOT_INODE, root);
        for (Map.Entry<Long, Place> entry : map.entrySet()) {
            Inode inode = inode(entry.getKey());
            if (inode == null) {
                continue;
            }
            long count = namesOf.getOrDefault(entry.getKey(), entry.getKey() == ROOT_INODE ? 2L : 0L);
            if (count != inode.links) {
                throw bad("inode " + entry.getKey() + " has " + inode.links + " links, but " + count + " names");
            }
        }
        return tree;
    }

    private void count(long number, long names) {
        namesOf.merge(number, names, Long::sum);
    }

    private Node.Directory directory(long number, Inode inode) {
        count(number, 2);
        List<Node.Entry> entries = new ArrayList<>();
        names(inode).forEach((name, to) -> {
            Inode child = inode(to.inode);
            if (child == null || child.type() != to.type) {
                throw bad("'" + name + "' leads to inode " + to.inode
                        + (child == null ? ", which is free" : " of another type"));
            }
            if (child.type() == DIRECTORY) {
                if (child.parent != number || namesOf.containsKey(to.inode)) {
                    throw bad("directory " + to.inode + " is in " + child.parent + ", or has a second name");
                }
                count(number, 1);
                entries.add(new Node.Entry(name, directory(to.inode, child)));
            } else {
                count(to.inode, 1);
                entries.add(new Node.Entry(name, node(to.inode, child)));
            }
        });
        entries.sort(Comparator.comparing(Node.Entry::name));
        return new Node.Directory(attributes(number, inode), List.copyOf(entries));
    }

    private Node node(long number, Inode inode) {
        Node known = nodes.get(number);
        if (known != null) {
            return known;
        }
        Node.Attributes attributes = attributes(number, inode);
        Node made = switch (inode.type()) {
            case REGULAR -> new Node.RegularFile(attributes, contents(inode));
            case SYMLINK -> new Node.Symlink(attributes, target(inode));
            default -> new Node.Special(attributes, (int) inode.record.u32(INO_DEVICE));
        };
        nodes.put(number, made);
        return made;
    }

    /** The number of blocks is no part of the format. */
    private static Node.Attributes attributes(long number, Inode inode) {
        return new Node.Attributes(
                number,
                (int) inode.record.u32(INO_MODE),
                (int) inode.links,
                (int) inode.record.u32(INO_UID),
                (int) inode.record.u32(INO_GID),
                inode.record.u64(INO_SIZE),
                0,
                inode.modified);
    }

    private FileContents contents(Inode inode) {
        long size = inode.record.u64(INO_SIZE);
        List<FileContents.Extent> pieces = new ArrayList<>();
        long end = 0;
        for (Extent extent : extents(inode)) {
            long at = extent.fileBlock * blockSize;
            if (extent.fileBlock < end) {
                throw bad("an extent out of order: " + extent);
            }
            end = extent.fileBlock + extent.length;
            if (at >= size) {
                continue;
            }
            int length = (int) Math.min(extent.length * blockSize, size - at);
            pieces.add(new FileContents.Extent(
                    at, Arrays.copyOf(blocks(extent.address, extent.length).array(), length)));
        }
        return FileContents.of(size, pieces);
    }

    private String target(Inode inode) {
        int size = (int) inode.record.u64(INO_SIZE);
        if (size <= INO_AREA_BYTES) {
            return FileName.fromBytes(inode.record.array(), INO_AREA, size);
        }
        byte[] b = new byte[size];
        contents(inode).copyTo(0, b, 0, size);
        return FileName.fromBytes(b, 0, size);
    }
}
