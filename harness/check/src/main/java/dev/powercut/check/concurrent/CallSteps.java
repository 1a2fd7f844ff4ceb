package dev.powercut.check.concurrent;

import dev.powercut.check.concurrent.Progress.Phase;
import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Entries;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.check.model.Transition;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.kernel.vfs.Errno;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call does in the model, step by step, as POSIX and Linux have it: each component of a path is looked up by itself, what a path
 * leads to is then held, and what is done to it comes after. So a file can be renamed between the {@code open} and the {@code
 * write} of one operation, and the write goes to the renamed file.
 */
final class CallSteps {

    private static final int SLOTS_OF_PROCESS = Model.SLOTS / Program.MOST_PROCESSES;
    private static final int HIDDEN_SLOT = SLOTS_OF_PROCESS - 1;

    private final Call call;
    private final Operation operation;
    private final String[] first;
    private final String[] second;

    CallSteps(Call call) {
        this.call = call;
        this.operation = call.step().operation();
        switch (operation) {
            case Operation.Rename(String from, String to) -> {
                first = components(from);
                second = components(to);
            }
            case Operation.Link(String existing, String path) -> {
                first = components(existing);
                second = components(path);
            }
            default -> {
                first = components(pathOf(operation));
                second = new String[0];
            }
        }
    }

    private static String[] components(String path) {
        return path.length() <= 1 ? new String[0] : path.substring(1).split("/", -1);
    }

    private static String pathOf(Operation operation) {
        return switch (operation) {
            case Operation.Creat(String path, int mode) -> path;
            case Operation.Mkdir(String path, int mode) -> path;
            case Operation.Mkfifo(String path, int mode) -> path;
            case Operation.Unlink(String path) -> path;
            case Operation.Rmdir(String path) -> path;
            case Operation.Write(String path, long offset, int length) -> path;
            case Operation.Read(String path, long offset, int length) -> path;
            case Operation.Truncate(String path, long size) -> path;
            case Operation.Chmod(String path, int mode) -> path;
            case Operation.Chown(String path, int uid, int gid) -> path;
            case Operation.Utimens(String path, long nanos) -> path;
            case Operation.Fsync(String path) -> path;
            case Operation.Fdatasync(String path) -> path;
            case Operation.Stat(String path) -> path;
            case Operation.Lstat(String path) -> path;
            case Operation.ListDirectory(String path) -> path;
            case Operation.Open(int slot, String path) -> path;
            default -> "";
        };
    }

    /** Takes the next step. */
    Advance advance(Model model, Progress progress) {
        return switch (progress.phase()) {
            case WALK -> walk(emptied(model, progress), progress, first);
            case WALK_SECOND -> walk(model, progress, second);
            case ACT -> act(model, progress.subject());
        };
    }

    /** Opening into a slot begins with closing what is open there, whatever becomes of the opening. */
    private Model emptied(Model model, Progress progress) {
        return progress.equals(Progress.BEGIN)
                        && operation instanceof Operation.Open(int slot, String path)
                        && model.slot(slot(slot)) != Effect.ABSENT
                ? model.apply(call.step().number(), new Operation.Close(slot(slot)))
                        .next()
                : model;
    }

    private Advance walk(Model model, Progress progress, String[] path) {
        if (progress.component() < path.length - 1) {
            int found = entry(model, progress.directory(), path[progress.component()]);
            if (found == Effect.ABSENT) {
                return failed(model, Errno.ENOENT);
            }
            ModelFile file = model.find(found);
            return file != null && file.isDirectory()
                    ? Advance.to(model, progress.into(found))
                    : failed(model, Errno.ENOTDIR);
        }
        if (operation instanceof Operation.Rename && progress.phase() == Phase.WALK) {
            return walk(model, progress.second(Model.ROOT), second);
        }
        String name = path.length == 0 ? "" : path[path.length - 1];
        return last(model, progress, name);
    }

    private static int entry(Model model, int directory, String name) {
        ModelFile file = model.find(directory);
        return file == null ? Effect.ABSENT : file.entries().find(name);
    }

    /** The last component of a path is what most calls are about, together with the directory that it is in. */
    private Advance last(Model model, Progress progress, String name) {
        int directory = progress.directory();
        switch (operation) {
            case Operation.Mkdir(String path, int mode) -> {
                return atName(model, directory, new Operation.Mkdir(path(model, directory, name), mode));
            }
            case Operation.Mkfifo(String path, int mode) -> {
                return atName(model, directory, new Operation.Mkfifo(path(model, directory, name), mode));
            }
            case Operation.Unlink(String path) -> {
                return atName(model, directory, new Operation.Unlink(path(model, directory, name)));
            }
            case Operation.Rmdir(String path) -> {
                return atName(model, directory, new Operation.Rmdir(path(model, directory, name)));
            }
            case Operation.Rename rename -> {
                return rename(model, progress, name);
            }
            case Operation.Link link -> {
                return progress.phase() == Phase.WALK
                        ? lookUp(model, progress, name)
                        : link(model, progress.subject(), directory, name);
            }
            case Operation.Sync sync -> {
                return ended(model, new Operation.Sync());
            }
            case Operation.Sleep sleep -> {
                return ended(model, sleep);
            }
            case Operation.WriteOpen(int slot, long offset, int length) -> {
                return ended(model, new Operation.WriteOpen(slot(slot), offset, length));
            }
            case Operation.ReadOpen(int slot, long offset, int length) -> {
                return ended(model, new Operation.ReadOpen(slot(slot), offset, length));
            }
            case Operation.TruncateOpen(int slot, long size) -> {
                return ended(model, new Operation.TruncateOpen(slot(slot), size));
            }
            case Operation.FsyncOpen(int slot) -> {
                return ended(model, new Operation.FsyncOpen(slot(slot)));
            }
            case Operation.FdatasyncOpen(int slot) -> {
                return ended(model, new Operation.FdatasyncOpen(slot(slot)));
            }
            case Operation.Close(int slot) -> {
                return ended(model, new Operation.Close(slot(slot)));
            }
            default -> {
                return lookUp(model, progress, name);
            }
        }
    }

    private int slot(int ofProcess) {
        return call.process() * SLOTS_OF_PROCESS + ofProcess;
    }

    private int hiddenSlot() {
        return slot(HIDDEN_SLOT);
    }

    /** The path of a name in a directory as it stands now; empty when the directory has been removed. */
    private static String path(Model model, int directory, String name) {
        if (model.find(directory) == null) {
            return "";
        }
        String above = model.pathOf(directory);
        return above.equals("/") ? "/" + name : above + "/" + name;
    }

    /** An operation on a name in a directory; one that has been removed has no names, and takes none. */
    private Advance atName(Model model, int directory, Operation placed) {
        return model.find(directory) == null ? failed(model, Errno.ENOENT) : ended(model, placed);
    }

    private Advance rename(Model model, Progress progress, String name) {
        int from = progress.source();
        int to = progress.directory();
        int moved = entry(model, from, first[first.length - 1]);
        if (model.find(from) == null || moved == Effect.ABSENT) {
            return failed(model, Errno.ENOENT);
        }
        if (model.find(to) == null) {
            // What is moved may be above the removed directory still: then the move into itself is seen first.
            return call.result() instanceof Result.Failed(Errno errno) && errno == Errno.EINVAL
                    ? failed(model, Errno.EINVAL)
                    : failed(model, Errno.ENOENT);
        }
        return ended(model, new Operation.Rename(path(model, from, first[first.length - 1]), path(model, to, name)));
    }

    private Advance link(Model model, int subject, int directory, String name) {
        ModelFile file = model.find(subject);
        boolean taken = entry(model, directory, name) != Effect.ABSENT;
        if (model.find(directory) == null) {
            return released(failed(model, Errno.ENOENT));
        }
        if (file == null || file.linkCount() == 0) {
            return released(failed(model, taken ? Errno.EEXIST : Errno.ENOENT));
        }
        return released(ended(model, new Operation.Link(anyPath(model, subject), path(model, directory, name))));
    }

    /** Looks up what the path leads to, and holds it. */
    private Advance lookUp(Model model, Progress progress, String name) {
        int directory = progress.directory();
        int found = name.isEmpty() ? Model.ROOT : entry(model, directory, name);
        ModelFile file = found == Effect.ABSENT ? null : model.find(found);
        if (file == null) {
            return operation instanceof Operation.Creat(String path, int mode)
                    ? atName(model, directory, new Operation.Creat(path(model, directory, name), mode))
                    : failed(model, Errno.ENOENT);
        }
        boolean writes = operation instanceof Operation.Creat
                || operation instanceof Operation.Truncate
                || operation instanceof Operation.Write
                || operation instanceof Operation.Open;
        if (file.isDirectory() && (writes || operation instanceof Operation.Read)) {
            return failed(model, Errno.EISDIR);
        }
        if (!file.isDirectory() && operation instanceof Operation.ListDirectory) {
            return failed(model, Errno.ENOTDIR);
        }
        if (operation instanceof Operation.Open(int slot, String path)) {
            return ended(model, new Operation.Open(slot(slot), path(model, directory, name)));
        }
        Model held = model;
        if (file.isRegular()) {
            Operation open = new Operation.Open(hiddenSlot(), path(model, directory, name));
            held = model.apply(call.step().number(), open).next();
        }
        return Advance.to(held, operation instanceof Operation.Link ? progress.second(found) : progress.act(found));
    }

    /** Does to what is held what the call is for. */
    private Advance act(Model model, int subject) {
        ModelFile file = model.find(subject);
        return released(
                switch (operation) {
                    case Operation.Creat creat -> ended(model, new Operation.TruncateOpen(hiddenSlot(), 0));
                    case Operation.Truncate(String path, long size) ->
                        ended(model, new Operation.TruncateOpen(hiddenSlot(), size));
                    case Operation.Write(String path, long offset, int length) ->
                        ended(model, new Operation.WriteOpen(hiddenSlot(), offset, length));
                    case Operation.Read(String path, long offset, int length) ->
                        ended(model, new Operation.ReadOpen(hiddenSlot(), offset, length));
                    case Operation.Chmod(String path, int mode) ->
                        onName(model, file, new Operation.Chmod(anyPath(model, subject), mode));
                    case Operation.Chown(String path, int uid, int gid) ->
                        onName(model, file, new Operation.Chown(anyPath(model, subject), uid, gid));
                    case Operation.Utimens(String path, long nanos) ->
                        onName(model, file, new Operation.Utimens(anyPath(model, subject), nanos));
                    case Operation.Fsync(String path) -> synced(model, file, true);
                    case Operation.Fdatasync(String path) -> synced(model, file, false);
                    case Operation.ListDirectory(String path) -> names(model, file);
                    default -> facts(model, file);
                });
    }

    /** What nobody can see any more, because it has no name, is not changed in the model. */
    private Advance onName(Model model, @Nullable ModelFile file, Operation named) {
        return file == null || file.linkCount() == 0
                ? finished(model, new Result.Done(), List.of())
                : ended(model, named);
    }

    private Advance synced(Model model, @Nullable ModelFile file, boolean attributes) {
        List<Effect> promise = file == null ? List.of() : List.of(new Effect.Synced(file.id(), attributes));
        return finished(model, new Result.Done(), promise);
    }

    private Advance names(Model model, @Nullable ModelFile directory) {
        if (directory == null) {
            return failed(model, Errno.ENOENT);
        }
        Entries entries = directory.entries();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < entries.count(); i++) {
            names.add(entries.name(i));
        }
        return finished(model, new Result.Names(names), List.of());
    }

    /** What stat tells, but for times, which a model cannot know. */
    private Advance facts(Model model, @Nullable ModelFile file) {
        if (!(call.result() instanceof Result.Facts actual)) {
            return failed(model, Errno.EIO);
        }
        if (file == null) {
            // A directory that was removed after it had been found: who holds it still sees what it was.
            return finished(model, actual, List.of());
        }
        boolean directory = file.isDirectory();
        Result expected = new Result.Facts(
                file.mode(),
                file.uid(),
                file.gid(),
                directory ? 0 : file.linkCount(),
                directory ? 0 : file.sizeBytes(),
                actual.modifiedNanos());
        return finished(model, expected, List.of());
    }

    private static String anyPath(Model model, int id) {
        if (id == Model.ROOT) {
            return "/";
        }
        for (int directory = 0; directory < model.idLimit(); directory++) {
            ModelFile holder = model.find(directory);
            if (holder != null && holder.isDirectory()) {
                Entries entries = holder.entries();
                for (int i = 0; i < entries.count(); i++) {
                    if (entries.file(i) == id) {
                        return path(model, directory, entries.name(i));
                    }
                }
            }
        }
        return "";
    }

    /** Lets go of what the call held. */
    private Advance released(Advance end) {
        if (end.model().slot(hiddenSlot()) == Effect.ABSENT) {
            return end;
        }
        Model free = end.model()
                .apply(call.step().number(), new Operation.Close(hiddenSlot()))
                .next();
        return new Advance(free, end.next(), end.agrees(), end.expected(), end.effects());
    }

    private Advance ended(Model model, Operation placed) {
        Transition transition = model.apply(call.step().number(), placed, call.result());
        return new Advance(transition.next(), null, transition.agrees(), transition.expected(), transition.effects());
    }

    private Advance failed(Model model, Errno errno) {
        return finished(model, new Result.Failed(errno), List.of());
    }

    private Advance finished(Model model, Result expected, List<Effect> effects) {
        return new Advance(model, null, expected.equals(call.result()), expected, effects);
    }
}
