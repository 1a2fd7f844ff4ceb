package dev.powercut.check.model;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.kernel.vfs.Errno;

/** rename(2), with the checks in the order of Linux's do_renameat2 and vfs_rename. */
final class Renaming {

    private Renaming() {}

    static Result rename(Application application, Operation.Rename rename) {
        Model model = application.before();
        Walk.Place from = Walk.place(model, rename.from());
        Walk.Place to = Walk.place(model, rename.to());
        if (from.name().isEmpty() || to.name().isEmpty()) {
            throw Errno.EBUSY.exception();
        }
        if (!from.exists()) {
            throw Errno.ENOENT.exception();
        }
        ModelFile moved = model.file(from.file());
        if (isAtOrAbove(model, moved.id(), to.directory())) {
            throw Errno.EINVAL.exception();
        }
        if (to.exists() && isAtOrAbove(model, to.file(), from.directory())) {
            throw Errno.ENOTEMPTY.exception();
        }
        if (moved.id() == to.file()) {
            return new Result.Done();
        }
        requirePermission(application.caller(), model, from, to);
        if (to.exists() && model.file(to.file()).entries().count() > 0) {
            throw Errno.ENOTEMPTY.exception();
        }
        move(application, from, to);
        return new Result.Done();
    }

    private static boolean isAtOrAbove(Model model, int upper, int directory) {
        int at = directory;
        while (at != upper && at != Model.ROOT) {
            at = model.file(at).parent();
        }
        return at == upper;
    }

    private static void requirePermission(Caller caller, Model model, Walk.Place from, Walk.Place to) {
        ModelFile moved = model.file(from.file());
        ModelFile toDirectory = model.file(to.directory());
        caller.requireRemoval(model.file(from.directory()), moved);
        if (!to.exists()) {
            caller.require(toDirectory, Caller.WRITE | Caller.EXECUTE);
        } else {
            ModelFile replaced = model.file(to.file());
            caller.requireRemoval(toDirectory, replaced);
            if (moved.isDirectory() && !replaced.isDirectory()) {
                throw Errno.ENOTDIR.exception();
            }
            if (!moved.isDirectory() && replaced.isDirectory()) {
                throw Errno.EISDIR.exception();
            }
        }
        if (moved.isDirectory() && from.directory() != to.directory()) {
            caller.require(moved, Caller.WRITE);
        }
    }

    private static void move(Application application, Walk.Place from, Walk.Place to) {
        int moved = from.file();
        int replaced = to.file();
        application.setEntry(from.directory(), from.name(), Effect.ABSENT);
        application.setEntry(to.directory(), to.name(), moved);
        application.effect(
                new Effect.Renamed(from.directory(), from.name(), to.directory(), to.name(), moved, replaced));
        if (application.file(moved).isDirectory()) {
            application.put(application.file(moved).withParent(to.directory()));
        }
        if (replaced != Effect.ABSENT) {
            ModelFile victim = application.file(replaced);
            application.put(victim.withLinkCount(victim.linkCount() - 1));
        }
        application.touch(from.directory());
        if (to.directory() != from.directory()) {
            application.touch(to.directory());
        }
    }
}
