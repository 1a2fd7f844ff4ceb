package dev.powercut.check.model;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation being applied: the next version in the making, and its effects. */
final class Application {

    /** Beyond this, a filesystem may say that a file is too big for it: 2^31 - 1, the least that large files go beyond. */
    private static final long SURE_SIZE_BYTES = Integer.MAX_VALUE;

    /** Shorter link targets fit everywhere: what is left of a block of 1024 bytes. */
    private static final int SURE_TARGET_CHARS = 1000;

    private final Model before;
    private final int step;
    private final @Nullable Result actual;
    private final List<Effect> effects = new ArrayList<>();
    private PersistentArray<ModelFile> files;
    private int idsUsed;
    private int[] slots;

    Application(Model before, int step, @Nullable Result actual) {
        this.before = before;
        this.step = step;
        this.actual = actual;
        this.files = before.files();
        this.idsUsed = before.idLimit();
        this.slots = before.slots();
    }

    Transition apply(Operation operation) {
        Result expected;
        try {
            expected = run(operation);
        } catch (ErrnoException e) {
            return unchanged(new Result.Failed(e.errno()));
        }
        if (actual instanceof Result.Failed(Errno errno) && mayFail(operation, errno)) {
            return unchanged(actual);
        }
        Model next = new Model(files, idsUsed, before.caller(), slots);
        return new Transition(next, expected, agrees(expected), List.copyOf(effects));
    }

    private Transition unchanged(Result expected) {
        return new Transition(before, expected, agrees(expected), List.of());
    }

    private boolean agrees(Result expected) {
        if (actual == null || actual.equals(expected)) {
            return true;
        }
        return expected instanceof Result.Facts right
                && right.modifiedNanos() == ModelFile.UNKNOWN
                && actual instanceof Result.Facts found
                && found.withModifiedNanos(ModelFile.UNKNOWN).equals(right);
    }

    private Result run(Operation operation) {
        return switch (operation) {
            case Operation.Creat creat -> NameOperations.creat(this, creat);
            case Operation.Mkdir mkdir -> NameOperations.mkdir(this, mkdir);
            case Operation.Mkfifo mkfifo -> NameOperations.mkfifo(this, mkfifo);
            case Operation.Symlink symlink -> NameOperations.symlink(this, symlink);
            case Operation.Link link -> NameOperations.link(this, link);
            case Operation.Unlink unlink -> NameOperations.unlink(this, unlink);
            case Operation.Rmdir rmdir -> NameOperations.rmdir(this, rmdir);
            case Operation.Rename rename -> Renaming.rename(this, rename);
            case Operation.Write write -> FileOperations.write(this, write);
            case Operation.MmapWrite write -> FileOperations.storeMapped(this, write);
            case Operation.Append append -> FileOperations.append(this, append);
            case Operation.Truncate truncate -> FileOperations.truncate(this, truncate);
            case Operation.Allocate allocate -> FileOperations.allocate(this, allocate);
            case Operation.Punch punch -> FileOperations.punch(this, punch);
            case Operation.Chmod chmod -> AttributeOperations.chmod(this, chmod);
            case Operation.Chown chown -> AttributeOperations.chown(this, chown);
            case Operation.Utimens utimens -> AttributeOperations.utimens(this, utimens);
            case Operation.Fsync(String path) -> FileOperations.sync(this, FileOperations.opened(this, path), true);
            case Operation.Fdatasync(String path) ->
                FileOperations.sync(this, FileOperations.opened(this, path), false);
            case Operation.Sync() -> syncAll();
            case Operation.Read(String path, long offset, int length) ->
                FileOperations.read(FileOperations.opened(this, path), offset, length);
            case Operation.Stat(String path) -> AttributeOperations.facts(Walk.file(before, path));
            case Operation.Lstat(String path) -> AttributeOperations.facts(Walk.fileItself(before, path));
            case Operation.Readlink(String path) -> AttributeOperations.target(Walk.fileItself(before, path));
            case Operation.ListDirectory(String path) -> NameOperations.list(this, path);
            case Operation.Sleep(long nanos) -> new Result.Done();
            case Operation.Open open -> FileOperations.open(this, open);
            case Operation.WriteOpen(int slot, long offset, int length) ->
                FileOperations.writeAt(this, FileOperations.inSlot(this, slot, Errno.ESPIPE), offset, length);
            case Operation.ReadOpen(int slot, long offset, int length) ->
                FileOperations.read(FileOperations.inSlot(this, slot, Errno.ESPIPE), offset, length);
            case Operation.TruncateOpen(int slot, long size) ->
                FileOperations.resize(this, FileOperations.inSlot(this, slot, Errno.EINVAL), size);
            case Operation.FsyncOpen(int slot) ->
                FileOperations.sync(this, FileOperations.inSlot(this, slot, Errno.EINVAL), true);
            case Operation.FdatasyncOpen(int slot) ->
                FileOperations.sync(this, FileOperations.inSlot(this, slot, Errno.EINVAL), false);
            case Operation.Close(int slot) -> FileOperations.close(this, slot);
            case Operation.Unmount() -> {
                for (int slot = 0; slot < slots.length; slot++) {
                    setSlot(slot, Effect.ABSENT);
                }
                yield syncAll();
            }
        };
    }

    private Result syncAll() {
        effects.add(new Effect.AllSynced());
        return new Result.Done();
    }

    /** Whether a filesystem may refuse, for reasons of its own, what POSIX would let it do. */
    private boolean mayFail(Operation operation, Errno errno) {
        return switch (operation) {
            case Operation.Creat creat -> errno == Errno.ENOSPC;
            case Operation.Mkfifo mkfifo -> errno == Errno.ENOSPC;
            case Operation.Mkdir mkdir -> errno == Errno.ENOSPC || errno == Errno.EMLINK;
            case Operation.Link link -> errno == Errno.ENOSPC || errno == Errno.EMLINK;
            case Operation.Rename rename -> errno == Errno.ENOSPC || errno == Errno.EMLINK;
            case Operation.Symlink(String target, String path) ->
                errno == Errno.ENOSPC || errno == Errno.ENAMETOOLONG && target.length() > SURE_TARGET_CHARS;
            case Operation.Write(String path, long offset, int length) -> mayFailToGrow(errno, offset + length);
            case Operation.MmapWrite write -> errno == Errno.ENOSPC;
            case Operation.WriteOpen(int slot, long offset, int length) -> mayFailToGrow(errno, offset + length);
            case Operation.Append(String path, int length) ->
                mayFailToGrow(errno, Walk.file(before, path).sizeBytes() + length);
            case Operation.Truncate(String path, long size) -> mayFailToGrow(errno, size);
            case Operation.TruncateOpen(int slot, long size) -> mayFailToGrow(errno, size);
            case Operation.Allocate(String path, long offset, int length) ->
                errno == Errno.EOPNOTSUPP || mayFailToGrow(errno, offset + length);
            case Operation.Punch punch -> errno == Errno.EOPNOTSUPP;
            default -> false;
        };
    }

    private static boolean mayFailToGrow(Errno errno, long endBytes) {
        return errno == Errno.ENOSPC || errno == Errno.EFBIG && endBytes > SURE_SIZE_BYTES;
    }

    /** How much of a write was done: all of it, or what the filesystem says when it ran out of space. */
    int written(int length) {
        return actual instanceof Result.Written(int count) && count > 0 && count < length ? count : length;
    }

    /** Whether the call came back without an error. */
    boolean succeeded() {
        return !(actual instanceof Result.Failed);
    }

    /** What to expect of opening something that is neither file nor directory: not modelled, so whatever came back. */
    Errno unmodelledOpen() {
        return actual instanceof Result.Failed(Errno errno) ? errno : Errno.ENXIO;
    }

    Model before() {
        return before;
    }

    Caller caller() {
        return before.caller();
    }

    int step() {
        return step;
    }

    int newId() {
        return idsUsed++;
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    /** A file as it is now, in the middle of the operation. */
    ModelFile file(int id) {
        ModelFile file = files.get(id);
        if (file == null) {
            throw new IllegalStateException("no file " + id);
        }
        return file;
    }

    /** Puts a file's new version; one without name and without slot is gone. */
    void put(ModelFile file) {
        boolean lives = file.linkCount() > 0 || file.openCount() > 0;
        files = files.with(file.id(), lives ? file : null);
    }

    /** The present becomes a file's modification time; which that is, only an observation tells. */
    void touch(int id) {
        ModelFile file = files.get(id);
        if (file != null) {
            put(file.withModified(ModelFile.UNKNOWN));
            effects.add(new Effect.Touched(id));
        }
    }

    /** Makes a name stand for a file, or for nothing. */
    void setEntry(int directory, String name, int file) {
        ModelFile holder = file(directory);
        Entries entries = file == Effect.ABSENT
                ? holder.entries().without(name)
                : holder.entries().with(name, file);
        put(holder.withEntries(entries));
        effects.add(new Effect.EntrySet(directory, name, file));
    }

    /** Lets a slot hold a file, or nothing; what it held before is let go. */
    void setSlot(int slot, int file) {
        int old = slot < slots.length ? slots[slot] : Effect.ABSENT;
        if (old != Effect.ABSENT) {
            put(file(old).withOpenCount(file(old).openCount() - 1));
        }
        if (file != Effect.ABSENT) {
            put(file(file).withOpenCount(file(file).openCount() + 1));
        }
        int[] changed = new int[Math.max(slots.length, slot + 1)];
        Arrays.fill(changed, Effect.ABSENT);
        System.arraycopy(slots, 0, changed, 0, slots.length);
        changed[slot] = file;
        slots = changed;
    }
}
