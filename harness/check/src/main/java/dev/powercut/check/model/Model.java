package dev.powercut.check.model;

import dev.powercut.check.tree.Node;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import org.jspecify.annotations.Nullable;

/** One version of a filesystem's contents, seen by one process with its open files. Immutable. */
public final class Model {

    /** Model id of the root directory. */
    public static final int ROOT = 0;

    /** How many slots for open files there are. */
    public static final int SLOTS = 64;

    private final PersistentArray<ModelFile> files;
    private final int idsUsed;
    private final Caller caller;

    /** File ids by slot, or {@link Effect#ABSENT}; as long as the highest slot used needs. */
    private final int[] slots;

    Model(PersistentArray<ModelFile> files, int idsUsed, Caller caller, int[] slots) {
        this.files = files;
        this.idsUsed = idsUsed;
        this.caller = caller;
        this.slots = slots;
    }

    /** An empty filesystem, whose root belongs to root with mode 0755, used by root with umask 022. */
    public static Model empty() {
        ModelFile root = new ModelFile(
                ROOT,
                ModelFile.UNKNOWN,
                Mode.DIRECTORY | 0755,
                0,
                0,
                1,
                0,
                0,
                ModelFile.UNKNOWN,
                Contents.EMPTY,
                Entries.EMPTY,
                ROOT,
                "");
        return new Model(PersistentArray.<ModelFile>empty().with(ROOT, root), 1, new Caller(0, 0, 022), new int[0]);
    }

    /** What a tree holds, used by root with umask 022; contents are not copied. */
    public static Model of(Node.Directory tree) {
        return new TreeImport().read(tree);
    }

    /** The same contents, used by another user. */
    public Model as(int uid, int gid, int umask) {
        return new Model(files, idsUsed, new Caller(uid, gid, umask), slots);
    }

    /** Applies an operation as POSIX has it; {@code step} is the number that its data carry. */
    public Transition apply(int step, Operation operation) {
        return new Application(this, step, null).apply(operation);
    }

    /** Applies an operation that came back with {@code actual}, following it where a filesystem may do so. */
    public Transition apply(int step, Operation operation, Result actual) {
        return new Application(this, step, actual).apply(operation);
    }

    /** The same with an observation added: a file's inode number and modification time. */
    public Model observed(int file, long inodeNumber, long modifiedNanos) {
        ModelFile seen = file(file).withInodeNumber(inodeNumber).withModified(modifiedNanos);
        return new Model(files.with(file, seen), idsUsed, caller, slots);
    }

    /** All ids are below this. */
    public int idLimit() {
        return idsUsed;
    }

    /** A file by its id, or null when it is gone. */
    public @Nullable ModelFile find(int id) {
        return files.get(id);
    }

    /** The file that a slot holds open, or {@link Effect#ABSENT}. */
    public int slot(int slot) {
        return slot < slots.length ? slots[slot] : Effect.ABSENT;
    }

    /** Where an absolute path leads, symbolic links followed: the id, or {@link Effect#ABSENT} when it leads nowhere. */
    public int lookup(String path) {
        try {
            return Walk.file(this, path).id();
        } catch (ErrnoException e) {
            return Effect.ABSENT;
        }
    }

    /** The same, without following a symbolic link at the end. */
    public int lookupItself(String path) {
        try {
            return Walk.fileItself(this, path).id();
        } catch (ErrnoException e) {
            return Effect.ABSENT;
        }
    }

    /** The path of a directory. */
    public String pathOf(int directory) {
        if (directory == ROOT) {
            return "/";
        }
        ModelFile above = file(file(directory).parent());
        Entries entries = above.entries();
        for (int i = 0; i < entries.count(); i++) {
            if (entries.file(i) == directory) {
                String parent = pathOf(above.id());
                return (parent.equals("/") ? "/" : parent + "/") + entries.name(i);
            }
        }
        throw new IllegalStateException("directory " + directory + " has no name");
    }

    ModelFile file(int id) {
        ModelFile file = files.get(id);
        if (file == null) {
            throw new IllegalStateException("no file " + id);
        }
        return file;
    }

    ModelFile openFile(int slot) {
        if (slot(slot) == Effect.ABSENT) {
            throw Errno.EBADF.exception();
        }
        return file(slot(slot));
    }

    Caller caller() {
        return caller;
    }

    PersistentArray<ModelFile> files() {
        return files;
    }

    int[] slots() {
        return slots;
    }
}
