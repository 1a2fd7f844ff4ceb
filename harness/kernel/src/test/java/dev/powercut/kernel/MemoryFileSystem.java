package dev.powercut.kernel;

import dev.powercut.kernel.cache.Page;
import dev.powercut.kernel.vfs.DirectorySink;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemLimits;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.Inode;
import dev.powercut.kernel.vfs.InodeCache;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem whose "disk" is a map of records: what the VFS asks of a filesystem, and nothing else. Inodes that are evicted
 * are loaded anew from their records, so that a stale {@link Inode} is noticed. Calls that a test may ask about are listed.
 */
public final class MemoryFileSystem implements FileSystem {

    public static final int BLOCK_BYTES = 1024;

    /** Largest file, a multiple of the block size. */
    public static final long MAX_FILE_BYTES = 1L << 34;

    private static final int MAX_LINKS = 5;

    /** The type; {@code blockCount} is the space for data. */
    public record Type(long blockCount, List<String> calls) implements FileSystemType {

        public Type(long blockCount) {
            this(blockCount, new ArrayList<>());
        }

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public MemoryFileSystem mount(MountRequest request) {
            return new MemoryFileSystem(this, request);
        }
    }

    private record Entry(long number, long cursor) {}

    /** What the disk knows of an inode. */
    private static final class Stored {
        final long number;
        final int device;
        final String target;
        final Map<String, Entry> entries = new TreeMap<>();
        final TreeMap<Long, byte[]> blocks = new TreeMap<>();
        final TreeSet<Long> reserved = new TreeSet<>();
        int mode;
        int uid;
        int gid;
        int links;
        long size;
        long parent;
        long nextCursor = 2;
        final long[] times = new long[3];

        Stored(long number, int device, String target) {
            this.number = number;
            this.device = device;
            this.target = target;
        }
    }

    private static final class Node extends Inode {
        final Stored stored;

        Node(FileSystem fileSystem, Stored stored) {
            super(fileSystem, stored.number);
            this.stored = stored;
        }
    }

    private final Type type;
    private final MountRequest mount;
    private final Map<Long, Stored> disk = new TreeMap<>();
    private final InodeCache<Node> inodes = new InodeCache<>();
    private long nextNumber = 2;
    private long blocksUsed;
    private boolean mounted = true;

    private MemoryFileSystem(Type type, MountRequest mount) {
        this.type = type;
        this.mount = mount;
        Node root = make(new NewInode(0x41ED, 0, 0, "", 0));
        root.stored.parent = root.number();
        root.setLinkCount(2);
        store(root);
    }

    /** Calls of interest, in order, and forgets them. */
    public List<String> takeCalls() {
        List<String> taken = List.copyOf(type.calls());
        type.calls().clear();
        return taken;
    }

    /** Puts bytes on the "disk" behind the VFS's back, such as a crash leaves beyond the end of a file. */
    public void pokeBlock(long inodeNumber, long block, byte[] bytes) {
        stored(inodeNumber).blocks.put(block, Arrays.copyOf(bytes, BLOCK_BYTES));
        blocksUsed++;
    }

    /** The bytes of a block on the "disk", or null for a hole. */
    public byte @Nullable [] peekBlock(long inodeNumber, long block) {
        return stored(inodeNumber).blocks.get(block);
    }

    public boolean exists(long inodeNumber) {
        return disk.containsKey(inodeNumber);
    }

    public boolean isInMemory(long inodeNumber) {
        return inodes.find(inodeNumber) != null;
    }

    public boolean isMounted() {
        return mounted;
    }

    public long blocksUsed() {
        return blocksUsed;
    }

    /** Blocks promised to data that has not been written. */
    public long blocksReserved() {
        return disk.values().stream()
                .mapToLong(stored -> stored.reserved.size())
                .sum();
    }

    private Stored stored(long number) {
        return Objects.requireNonNull(disk.get(number), () -> "no inode " + number);
    }

    private Node load(long number) {
        return inodes.get(number, wanted -> {
            Stored stored = stored(wanted);
            Node node = new Node(this, stored);
            node.setMode(stored.mode);
            node.setOwner(stored.uid, stored.gid);
            node.setLinkCount(stored.links);
            node.setDevice(stored.device);
            node.setSizeBytes(stored.size);
            node.setBlocks512(2L * stored.blocks.size());
            node.setAccessedNanos(stored.times[0]);
            node.setModifiedNanos(stored.times[1]);
            node.setChangedNanos(stored.times[2]);
            return node;
        });
    }

    private void store(Node node) {
        Stored stored = node.stored;
        stored.mode = node.mode();
        stored.uid = node.uid();
        stored.gid = node.gid();
        stored.links = node.linkCount();
        stored.size = node.sizeBytes();
        stored.times[0] = node.accessedNanos();
        stored.times[1] = node.modifiedNanos();
        stored.times[2] = node.changedNanos();
        node.setBlocks512(2L * stored.blocks.size());
    }

    private Node make(NewInode what) {
        long number = nextNumber++;
        Stored stored = new Stored(number, what.device(), what.symlinkTarget());
        stored.mode = what.mode();
        stored.uid = what.uid();
        stored.gid = what.gid();
        stored.links = 1;
        stored.size = FileName.toBytes(what.symlinkTarget()).length;
        Arrays.fill(stored.times, mount.nowNanos());
        disk.put(number, stored);
        return load(number);
    }

    private void changed(Inode directory) {
        directory.setModifiedNanos(mount.nowNanos());
        directory.setChangedNanos(mount.nowNanos());
        store((Node) directory);
    }

    private void links(Inode inode, int by) {
        inode.setLinkCount(inode.linkCount() + by);
        inode.setChangedNanos(mount.nowNanos());
        store((Node) inode);
    }

    private static void enter(Inode directory, String name, long number) {
        Stored stored = ((Node) directory).stored;
        stored.entries.put(name, new Entry(number, stored.nextCursor++));
    }

    private static Map<String, Entry> entries(Inode directory) {
        return ((Node) directory).stored.entries;
    }

    @Override
    public FileSystemType type() {
        return type;
    }

    @Override
    public boolean isReadOnly() {
        return mount.readOnly();
    }

    @Override
    public Inode root() {
        return load(2);
    }

    @Override
    public @Nullable Inode lookup(Inode directory, String name) {
        Entry entry = entries(directory).get(name);
        return entry == null ? null : load(entry.number());
    }

    @Override
    public Inode create(Inode directory, String name, NewInode what) {
        Node made = make(what);
        enter(directory, name, made.number());
        if (made.isDirectory()) {
            made.stored.parent = directory.number();
            links(made, 1);
            links(directory, 1);
        }
        changed(directory);
        return made;
    }

    @Override
    public void link(Inode directory, String name, Inode inode) {
        if (inode.linkCount() == MAX_LINKS) {
            throw Errno.EMLINK.exception();
        }
        enter(directory, name, inode.number());
        links(inode, 1);
        changed(directory);
    }

    @Override
    public void unlink(Inode directory, String name, Inode inode) {
        entries(directory).remove(name);
        links(inode, -1);
        changed(directory);
    }

    @Override
    public void rmdir(Inode directory, String name, Inode child) {
        if (!entries(child).isEmpty()) {
            throw Errno.ENOTEMPTY.exception();
        }
        entries(directory).remove(name);
        links(child, -2);
        links(directory, -1);
        changed(directory);
    }

    @Override
    public void rename(
            Inode fromDirectory,
            String fromName,
            Inode toDirectory,
            String toName,
            Inode moved,
            @Nullable Inode replaced) {
        if (replaced != null) {
            if (replaced.isDirectory()) {
                rmdir(toDirectory, toName, replaced);
            } else {
                unlink(toDirectory, toName, replaced);
            }
        }
        entries(fromDirectory).remove(fromName);
        enter(toDirectory, toName, moved.number());
        if (moved.isDirectory()) {
            ((Node) moved).stored.parent = toDirectory.number();
            links(fromDirectory, -1);
            links(toDirectory, 1);
        }
        links(moved, 0);
        changed(fromDirectory);
        changed(toDirectory);
    }

    @Override
    public String readlink(Inode symlink) {
        return ((Node) symlink).stored.target;
    }

    @Override
    public void readdir(Inode directory, long cursor, DirectorySink sink) {
        Stored stored = ((Node) directory).stored;
        if (cursor < 1 && !sink.entry(".", stored.number, 0x4000, 1)
                || cursor < 2 && !sink.entry("..", stored.parent, 0x4000, 2)) {
            return;
        }
        List<Map.Entry<String, Entry>> byCursor = new ArrayList<>(stored.entries.entrySet());
        byCursor.sort((a, b) -> Long.compare(a.getValue().cursor(), b.getValue().cursor()));
        for (Map.Entry<String, Entry> entry : byCursor) {
            long number = entry.getValue().number();
            long at = entry.getValue().cursor();
            if (at >= cursor && !sink.entry(entry.getKey(), number, stored(number).mode & 0xF000, at + 1)) {
                return;
            }
        }
    }

    @Override
    public void readPage(Inode inode, long pageIndex, byte[] page) {
        type.calls().add("readPage " + inode.number() + " " + pageIndex);
        Arrays.fill(page, (byte) 0);
        for (int i = 0; i < Page.BYTES / BLOCK_BYTES; i++) {
            byte[] block = ((Node) inode).stored.blocks.get(pageIndex * (Page.BYTES / BLOCK_BYTES) + i);
            if (block != null) {
                System.arraycopy(block, 0, page, i * BLOCK_BYTES, BLOCK_BYTES);
            }
        }
        long inFile = Math.max(0, inode.sizeBytes() - pageIndex * Page.BYTES);
        if (inFile < Page.BYTES) {
            Arrays.fill(page, (int) inFile, Page.BYTES, (byte) 0);
        }
    }

    @Override
    public long nextData(Inode inode, long offsetBytes) {
        long at = offsetBytes;
        while (at < inode.sizeBytes() && !hasSpace(inode, at)) {
            at = (at / BLOCK_BYTES + 1) * BLOCK_BYTES;
        }
        return at < inode.sizeBytes() ? at : Long.MAX_VALUE;
    }

    @Override
    public long nextHole(Inode inode, long offsetBytes) {
        long at = offsetBytes;
        while (hasSpace(inode, at)) {
            at = (at / BLOCK_BYTES + 1) * BLOCK_BYTES;
        }
        return at;
    }

    private static boolean hasSpace(Inode inode, long at) {
        Stored stored = ((Node) inode).stored;
        return stored.blocks.containsKey(at / BLOCK_BYTES) || stored.reserved.contains(at / BLOCK_BYTES);
    }

    @Override
    public void reserve(Inode inode, long offsetBytes, long endBytes, int uid) {
        if (endBytes > MAX_FILE_BYTES) {
            throw Errno.EFBIG.exception();
        }
        Stored stored = ((Node) inode).stored;
        List<Long> wanted = new ArrayList<>();
        for (long block = offsetBytes / BLOCK_BYTES; block * BLOCK_BYTES < endBytes; block++) {
            if (!stored.blocks.containsKey(block) && !stored.reserved.contains(block)) {
                wanted.add(block);
            }
        }
        if (blocksUsed + blocksReserved() + wanted.size() > type.blockCount()) {
            throw Errno.ENOSPC.exception();
        }
        stored.reserved.addAll(wanted);
    }

    @Override
    public void writePages(Inode inode, long firstPage, long lastPage, Trigger trigger) {
        type.calls()
                .add("writePages " + inode.number() + " " + trigger.getClass().getSimpleName());
        for (Page page : inode.pages().range(firstPage, lastPage)) {
            if (page.isDirty()) {
                for (int i = 0; i < Page.BYTES / BLOCK_BYTES; i++) {
                    writeBlock((Node) inode, page, i);
                }
                page.markClean();
            }
        }
        store((Node) inode);
    }

    private void writeBlock(Node node, Page page, int index) {
        Stored stored = node.stored;
        long block = page.index() * (Page.BYTES / BLOCK_BYTES) + index;
        byte[] bytes = Arrays.copyOfRange(page.data(), index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES);
        if (block * BLOCK_BYTES >= node.sizeBytes()) {
            return;
        }
        boolean zero = Arrays.equals(bytes, new byte[BLOCK_BYTES]);
        if (stored.blocks.containsKey(block)) {
            stored.blocks.put(block, bytes);
        } else if (stored.reserved.remove(block)) {
            stored.blocks.put(block, bytes);
            blocksUsed++;
        } else if (!zero) {
            throw new IllegalStateException("block " + block + " of " + node + " is dirty, and no space was reserved");
        }
    }

    @Override
    public void truncate(Inode inode, long oldSizeBytes) {
        if (inode.sizeBytes() > MAX_FILE_BYTES) {
            throw Errno.EFBIG.exception();
        }
        Stored stored = ((Node) inode).stored;
        long end = (inode.sizeBytes() + BLOCK_BYTES - 1) / BLOCK_BYTES;
        stored.reserved.tailSet(end, true).clear();
        int before = stored.blocks.size();
        stored.blocks.keySet().removeIf(block -> block >= end);
        blocksUsed -= before - stored.blocks.size();
        store((Node) inode);
    }

    @Override
    public void punchHole(Inode inode, long offsetBytes, long endBytes) {
        Stored stored = ((Node) inode).stored;
        long from = Math.ceilDiv(offsetBytes, BLOCK_BYTES);
        long end = endBytes / BLOCK_BYTES;
        stored.reserved.removeIf(block -> block >= from && block < end);
        int before = stored.blocks.size();
        stored.blocks.keySet().removeIf(block -> block >= from && block < end);
        blocksUsed -= before - stored.blocks.size();
        store((Node) inode);
    }

    @Override
    public long reservedBlocks512(Inode inode) {
        return 2L * ((Node) inode).stored.reserved.size();
    }

    @Override
    public FileSystemLimits limits() {
        return new FileSystemLimits(MAX_LINKS, MAX_FILE_BYTES, 4095, 1);
    }

    @Override
    public void attributesChanged(Inode inode) {
        store((Node) inode);
    }

    @Override
    public void syncInode(Inode inode, boolean dataOnly, Trigger trigger) {
        type.calls().add((dataOnly ? "syncData " : "syncInode ") + inode.number());
    }

    @Override
    public void syncAll(Trigger trigger) {
        type.calls().add("syncAll " + trigger.getClass().getSimpleName());
    }

    @Override
    public void writeBackSome(Choices choices) {
        type.calls().add("writeBackSome");
    }

    @Override
    public void trim() {
        type.calls().add("trim");
    }

    @Override
    public void evict(Inode inode) {
        Node node = (Node) inode;
        if (node.linkCount() == 0) {
            type.calls().add("delete " + inode.number());
            blocksUsed -= node.stored.blocks.size();
            disk.remove(node.number());
        }
        inodes.remove(node.number());
    }

    @Override
    public FileSystemStatistics statistics() {
        long free = type.blockCount() - blocksUsed - blocksReserved();
        return new FileSystemStatistics(BLOCK_BYTES, type.blockCount(), free, free, 1 << 20, 1 << 19, 255);
    }

    @Override
    public void unmount() {
        type.calls().add("unmount");
        mounted = false;
    }
}
