package dev.powercut.campaign.toy;

import dev.powercut.kernel.cache.Page;
import dev.powercut.kernel.vfs.DirectorySink;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemLimits;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.Inode;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The smallest filesystem that survives power cuts: everything is in memory, and every sync writes a snapshot of all of it beside
 * the one before, then the header that makes it count.
 */
final class ToyFileSystem implements FileSystem {

    private static final int MAX_FILE_BYTES = 1 << 13;
    private static final int MAX_DATA_BYTES = 900_000;
    private static final Site CHANGE = new Site("toy.change", "something in memory differs from the last snapshot");

    private final ToyType type;
    private final MountRequest mount;
    private final Map<Long, ToyInode> inodes = new TreeMap<>();
    private final List<Cause.Dirtied> dirtied = new ArrayList<>();
    private long nextNumber = 2;
    private long generation;
    private byte[] state;
    private boolean changed;

    ToyFileSystem(ToyType type, MountRequest mount) {
        this.type = type;
        this.mount = mount;
        this.state = ToyFormat.state(mount.device());
        if (is(ToyFault.RECOVERY_SPOILS_MOUNT) && state[ToyFormat.SPOILT] != 0) {
            throw new MountException(Errno.EINVAL, "the toy does not like what its recovery left");
        }
        ToyFormat.Header header = ToyFormat.newest(mount.device());
        byte[] snapshot = header == null ? null : ToyFormat.snapshot(mount.device(), header);
        if (header == null || snapshot == null) {
            throw new MountException(Errno.EUCLEAN, "there is no whole snapshot");
        }
        generation = header.generation();
        load(snapshot);
    }

    private void load(byte[] snapshot) {
        try (DataInputStream in = ToyFormat.reading(snapshot)) {
            nextNumber = in.readLong();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                ToyInode inode = ToyInode.read(this, in);
                inodes.put(inode.number(), inode);
            }
        } catch (IOException e) {
            throw ToyFormat.impossible(e);
        }
    }

    /** The snapshot of an empty filesystem. */
    static byte[] empty() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(3);
            out.writeInt(1);
            ToyInode.writeRoot(out, MountRequest.EPOCH_NANOS);
        } catch (IOException e) {
            throw ToyFormat.impossible(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] snapshot(long nextNumber, Iterable<ToyInode> all) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<ToyInode> linked = new ArrayList<>();
        all.forEach(inode -> {
            if (inode.linkCount() > 0) {
                linked.add(inode);
            }
        });
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(nextNumber);
            out.writeInt(linked.size());
            for (ToyInode inode : linked) {
                inode.write(out);
            }
        } catch (IOException e) {
            throw ToyFormat.impossible(e);
        }
        return bytes.toByteArray();
    }

    private boolean is(ToyFault fault) {
        return type.fault() == fault;
    }

    private void change() {
        changed = true;
        Cause.Dirtied one = new Cause.Dirtied(mount.world().runner().current().operation(), CHANGE);
        if (!dirtied.contains(one)) {
            dirtied.add(one);
        }
    }

    private void commit(Trigger trigger) {
        if (changed && !mount.readOnly()) {
            if (state[ToyFormat.UNCLEAN] == 0) {
                state[ToyFormat.UNCLEAN] = 1;
                ToyFormat.writeState(mount.device(), state, new Cause(ToyFormat.STATE, trigger));
            }
            ToyFormat.write(
                    mount.device(),
                    ++generation,
                    snapshot(nextNumber, inodes.values()),
                    is(ToyFault.HEADER_BEFORE_SNAPSHOT),
                    new Cause(ToyFormat.SNAPSHOT, trigger, dirtied));
            mount.device().flush(new Cause(ToyFormat.HEADER, trigger));
            dirtied.clear();
            changed = false;
        }
    }

    private void touched(Inode inode) {
        inode.setModifiedNanos(mount.nowNanos());
        inode.setChangedNanos(mount.nowNanos());
        change();
    }

    private void links(Inode inode, int by) {
        inode.setLinkCount(inode.linkCount() + by);
        inode.setChangedNanos(mount.nowNanos());
        change();
    }

    private static ToyInode toy(Inode inode) {
        return (ToyInode) inode;
    }

    private static void enter(Inode directory, String name, long number) {
        ToyInode toy = toy(directory);
        toy.entries.put(name, new ToyInode.Entry(number, toy.nextCursor++));
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
        return Objects.requireNonNull(inodes.get(2L));
    }

    @Override
    public @Nullable Inode lookup(Inode directory, String name) {
        ToyInode.Entry entry = toy(directory).entries.get(name);
        return entry == null ? null : inodes.get(entry.number());
    }

    @Override
    public Inode create(Inode directory, String name, NewInode what) {
        ToyInode made = new ToyInode(this, nextNumber++);
        made.setMode(what.mode());
        made.setOwner(what.uid(), what.gid());
        made.setDevice(what.device());
        made.target = what.symlinkTarget();
        made.setSizeBytes(what.symlinkTarget().length());
        made.setLinkCount(made.isDirectory() ? 2 : 1);
        made.parent = directory.number();
        inodes.put(made.number(), made);
        enter(directory, name, made.number());
        if (made.isDirectory()) {
            links(directory, 1);
        }
        touched(made);
        touched(directory);
        return made;
    }

    @Override
    public void link(Inode directory, String name, Inode inode) {
        enter(directory, name, inode.number());
        links(inode, 1);
        touched(directory);
    }

    @Override
    public void unlink(Inode directory, String name, Inode inode) {
        toy(directory).entries.remove(name);
        links(inode, -1);
        touched(directory);
    }

    @Override
    public void rmdir(Inode directory, String name, Inode child) {
        if (!toy(child).entries.isEmpty()) {
            throw Errno.ENOTEMPTY.exception();
        }
        toy(directory).entries.remove(name);
        links(child, -2);
        links(directory, -1);
        touched(directory);
    }

    @Override
    public void rename(
            Inode fromDirectory,
            String fromName,
            Inode toDirectory,
            String toName,
            Inode moved,
            @Nullable Inode replaced) {
        if (is(ToyFault.RENAME_THROWS)) {
            throw new IllegalStateException("the toy cannot rename");
        }
        while (is(ToyFault.RENAME_HANGS)) {
            ToyFormat.newest(mount.device());
        }
        if (replaced != null) {
            if (replaced.isDirectory()) {
                rmdir(toDirectory, toName, replaced);
            } else {
                unlink(toDirectory, toName, replaced);
            }
        }
        toy(fromDirectory).entries.remove(fromName);
        enter(toDirectory, toName, moved.number());
        if (moved.isDirectory()) {
            toy(moved).parent = toDirectory.number();
            links(fromDirectory, -1);
            links(toDirectory, 1);
        }
        links(moved, 0);
        touched(fromDirectory);
        touched(toDirectory);
    }

    @Override
    public String readlink(Inode symlink) {
        return toy(symlink).target + (is(ToyFault.READLINK_LIES) ? "-" : "");
    }

    @Override
    public void readdir(Inode directory, long cursor, DirectorySink sink) {
        ToyInode toy = toy(directory);
        if (cursor < 1 && !sink.entry(".", toy.number(), 0x4000, 1)
                || cursor < 2 && !sink.entry("..", toy.parent, 0x4000, 2)) {
            return;
        }
        List<Map.Entry<String, ToyInode.Entry>> byCursor = new ArrayList<>(toy.entries.entrySet());
        byCursor.sort((a, b) -> Long.compare(a.getValue().cursor(), b.getValue().cursor()));
        for (Map.Entry<String, ToyInode.Entry> entry : byCursor) {
            long at = entry.getValue().cursor();
            if (at >= cursor && !sink.entry(entry.getKey(), entry.getValue().number(), 0, at + 1)) {
                return;
            }
        }
    }

    @Override
    public void readPage(Inode inode, long pageIndex, byte[] page) {
        Arrays.fill(page, (byte) 0);
        byte[] data = toy(inode).data;
        int from = (int) Math.min(data.length, pageIndex * Page.BYTES);
        int count = (int) Math.min(Math.min(data.length, inode.sizeBytes()) - from, Page.BYTES);
        if (count > 0) {
            System.arraycopy(data, from, page, 0, count);
        }
    }

    @Override
    public void reserve(Inode inode, long offsetBytes, long endBytes, int uid) {
        if (endBytes > MAX_FILE_BYTES) {
            throw Errno.ENOSPC.exception();
        }
        if (inodes.values().stream().mapToLong(one -> one.data.length).sum() + endBytes > MAX_DATA_BYTES) {
            throw Errno.ENOSPC.exception();
        }
    }

    @Override
    public void writePages(Inode inode, long firstPage, long lastPage, Trigger trigger) {
        ToyInode toy = toy(inode);
        for (Page page : inode.pages().range(firstPage, lastPage)) {
            if (page.isDirty()) {
                int from = (int) page.index() * Page.BYTES;
                int to = (int) Math.min(inode.sizeBytes(), from + (long) Page.BYTES);
                toy.data = toy.data.length < to ? Arrays.copyOf(toy.data, to) : toy.data;
                System.arraycopy(page.data(), 0, toy.data, from, Math.max(0, to - from));
                page.markClean();
                if (is(ToyFault.RECOVERY_SPOILS_WRITES) && state[ToyFormat.SPOILT] != 0 && to > from) {
                    toy.data[from] ^= 1;
                }
                change();
            }
        }
    }

    @Override
    public void truncate(Inode inode, long oldSizeBytes) {
        if (inode.sizeBytes() > MAX_FILE_BYTES) {
            throw Errno.ENOSPC.exception();
        }
        ToyInode toy = toy(inode);
        if (toy.data.length > inode.sizeBytes()) {
            toy.data = Arrays.copyOf(toy.data, (int) inode.sizeBytes());
        }
        change();
    }

    @Override
    public void attributesChanged(Inode inode) {
        change();
    }

    @Override
    public void syncInode(Inode inode, boolean dataOnly, Trigger trigger) {
        if (!is(ToyFault.FSYNC_DOES_NOTHING)) {
            commit(trigger);
        }
    }

    @Override
    public void syncAll(Trigger trigger) {
        commit(trigger);
    }

    @Override
    public void writeBackSome(Choices choices) {
        commit(new Trigger.WriteBack());
    }

    @Override
    public void evict(Inode inode) {
        if (inode.linkCount() == 0) {
            inodes.remove(inode.number());
            change();
        }
    }

    @Override
    public FileSystemStatistics statistics() {
        return new FileSystemStatistics(512, 1700, 1000, 1000, 1 << 20, 1 << 19, 255);
    }

    @Override
    public FileSystemLimits limits() {
        return new FileSystemLimits(32_000, MAX_FILE_BYTES, 4095, 1);
    }

    @Override
    public void unmount() {
        commit(new Trigger.Unmount());
        if (state[ToyFormat.UNCLEAN] != 0 && !(is(ToyFault.RECOVERY_SPOILS_UNMOUNT) && state[ToyFormat.SPOILT] != 0)) {
            state[ToyFormat.UNCLEAN] = 0;
            ToyFormat.writeState(mount.device(), state, new Cause(ToyFormat.STATE, new Trigger.Unmount()));
            mount.device().flush(new Cause(ToyFormat.STATE, new Trigger.Unmount()));
        }
    }
}
