package dev.powercut.check.model;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.Mode;

/** Operations that make and remove names. The order of the checks is that of Linux's fs/namei.c, so that errors agree. */
final class NameOperations {

    private static final int PATH_MAX = 4096;

    private NameOperations() {}

    static Result creat(Application application, Operation.Creat creat) {
        Model model = application.before();
        Walk.Place place = Walk.forCreation(model, creat.path());
        if (place.exists()) {
            ModelFile file = model.file(place.file());
            if (Mode.type(file.mode()) == Mode.FIFO && application.succeeded()) {
                // Somebody has it open to read; who has is not modelled, as it may be another process.
                application.caller().require(file, Caller.WRITE);
                return new Result.Done();
            }
            FileOperations.requireOpen(application, file, Caller.WRITE);
            FileOperations.resize(application, file, 0);
            return new Result.Done();
        }
        int permissions =
                creat.mode() & Mode.PERMISSIONS & ~application.caller().umask();
        create(application, place, Mode.REGULAR | permissions, "");
        return new Result.Done();
    }

    static Result mkdir(Application application, Operation.Mkdir mkdir) {
        Walk.Place place = Walk.place(application.before(), mkdir.path());
        if (place.exists()) {
            throw Errno.EEXIST.exception();
        }
        int permissions =
                mkdir.mode() & (Mode.STICKY | 0777) & ~application.caller().umask();
        create(application, place, Mode.DIRECTORY | permissions, "");
        return new Result.Done();
    }

    static Result mkfifo(Application application, Operation.Mkfifo mkfifo) {
        Walk.Place place = Walk.place(application.before(), mkfifo.path());
        if (place.exists()) {
            throw Errno.EEXIST.exception();
        }
        int permissions =
                mkfifo.mode() & Mode.PERMISSIONS & ~application.caller().umask();
        create(application, place, Mode.FIFO | permissions, "");
        return new Result.Done();
    }

    static Result symlink(Application application, Operation.Symlink symlink) {
        if (symlink.target().isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        if (FileName.toBytes(symlink.target()).length >= PATH_MAX) {
            throw Errno.ENAMETOOLONG.exception();
        }
        Walk.Place place = Walk.place(application.before(), symlink.path());
        if (place.exists()) {
            throw Errno.EEXIST.exception();
        }
        create(application, place, Mode.SYMLINK | 0777, symlink.target());
        return new Result.Done();
    }

    private static void create(Application application, Walk.Place place, int mode, String symlinkTarget) {
        Caller caller = application.caller();
        ModelFile directory = application.file(place.directory());
        caller.require(directory, Caller.WRITE | Caller.EXECUTE);
        boolean inheritsGroup = (directory.mode() & Mode.SET_GID) != 0;
        ModelFile file = new ModelFile(
                application.newId(),
                ModelFile.UNKNOWN,
                mode | (inheritsGroup && Mode.isDirectory(mode) ? Mode.SET_GID : 0),
                caller.uid(),
                inheritsGroup ? directory.gid() : caller.gid(),
                1,
                0,
                FileName.toBytes(symlinkTarget).length,
                ModelFile.UNKNOWN,
                Contents.EMPTY,
                Entries.EMPTY,
                directory.id(),
                symlinkTarget);
        application.put(file);
        application.effect(new Effect.Created(file.id(), file.mode(), file.uid(), file.gid(), symlinkTarget));
        application.effect(new Effect.Touched(file.id()));
        application.setEntry(directory.id(), place.name(), file.id());
        application.touch(directory.id());
    }

    static Result link(Application application, Operation.Link link) {
        Model model = application.before();
        ModelFile file = Walk.fileItself(model, link.existing());
        Walk.Place place = Walk.place(model, link.path());
        if (place.exists()) {
            throw Errno.EEXIST.exception();
        }
        application.caller().require(model.file(place.directory()), Caller.WRITE | Caller.EXECUTE);
        if (file.isDirectory()) {
            throw Errno.EPERM.exception();
        }
        application.put(file.withLinkCount(file.linkCount() + 1));
        application.setEntry(place.directory(), place.name(), file.id());
        application.touch(place.directory());
        return new Result.Done();
    }

    static Result unlink(Application application, Operation.Unlink unlink) {
        Model model = application.before();
        Walk.Place place = Walk.place(model, unlink.path());
        if (place.name().isEmpty()) {
            throw Errno.EISDIR.exception();
        }
        ModelFile victim = requireRemovable(application, place);
        if (victim.isDirectory()) {
            throw Errno.EISDIR.exception();
        }
        remove(application, place);
        return new Result.Done();
    }

    static Result rmdir(Application application, Operation.Rmdir rmdir) {
        Model model = application.before();
        Walk.Place place = Walk.place(model, rmdir.path());
        if (place.name().isEmpty()) {
            throw Errno.EBUSY.exception();
        }
        ModelFile victim = requireRemovable(application, place);
        if (!victim.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        if (victim.entries().count() > 0) {
            throw Errno.ENOTEMPTY.exception();
        }
        remove(application, place);
        return new Result.Done();
    }

    private static ModelFile requireRemovable(Application application, Walk.Place place) {
        if (!place.exists()) {
            throw Errno.ENOENT.exception();
        }
        ModelFile victim = application.file(place.file());
        application.caller().requireRemoval(application.file(place.directory()), victim);
        return victim;
    }

    private static void remove(Application application, Walk.Place place) {
        ModelFile victim = application.file(place.file());
        application.setEntry(place.directory(), place.name(), Effect.ABSENT);
        application.put(victim.withLinkCount(victim.linkCount() - 1));
        application.touch(place.directory());
    }

    static Result list(Application application, String path) {
        ModelFile directory = Walk.file(application.before(), path);
        if (!directory.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        application.caller().require(directory, Caller.READ);
        return new Result.Names(directory.entries().names());
    }
}
