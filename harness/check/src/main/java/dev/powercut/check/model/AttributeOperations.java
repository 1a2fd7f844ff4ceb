package dev.powercut.check.model;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;

/** Operations on attributes, and what stat tells. The rules for set-id bits are those of Linux. */
final class AttributeOperations {

    private static final int GROUP_EXECUTE = 010;

    private AttributeOperations() {}

    static Result chmod(Application application, Operation.Chmod chmod) {
        ModelFile file = Walk.file(application.before(), chmod.path());
        Caller caller = application.caller();
        caller.requireOwner(file);
        int permissions = chmod.mode() & Mode.PERMISSIONS;
        if (!caller.isSuperUser() && file.gid() != caller.gid()) {
            permissions &= ~Mode.SET_GID;
        }
        setMode(application, file, Mode.type(file.mode()) | permissions);
        return new Result.Done();
    }

    static Result chown(Application application, Operation.Chown chown) {
        ModelFile file = Walk.file(application.before(), chown.path());
        Caller caller = application.caller();
        int uid = chown.uid() == -1 ? file.uid() : chown.uid();
        int gid = chown.gid() == -1 ? file.gid() : chown.gid();
        boolean mayUid = chown.uid() == -1 || file.uid() == caller.uid() && uid == file.uid();
        boolean mayGid = chown.gid() == -1 || file.uid() == caller.uid() && (gid == file.gid() || gid == caller.gid());
        if (!caller.isSuperUser() && !(mayUid && mayGid)) {
            throw Errno.EPERM.exception();
        }
        application.put(file.withOwner(uid, gid));
        application.effect(new Effect.OwnerSet(file.id(), uid, gid));
        if (!file.isDirectory()) {
            setMode(application, application.file(file.id()), withoutSetId(file.mode()));
        }
        return new Result.Done();
    }

    static Result utimens(Application application, Operation.Utimens utimens) {
        ModelFile file = Walk.file(application.before(), utimens.path());
        application.caller().requireOwner(file);
        application.put(file.withModified(utimens.modifiedNanos()));
        application.effect(new Effect.ModifiedSet(file.id(), utimens.modifiedNanos()));
        return new Result.Done();
    }

    /** What writing by an ordinary user does to set-id bits. */
    static void dropPrivileges(Application application, int id) {
        ModelFile file = application.file(id);
        if (!application.caller().isSuperUser()) {
            setMode(application, file, withoutSetId(file.mode()));
        }
    }

    private static void setMode(Application application, ModelFile file, int mode) {
        if (mode != file.mode()) {
            application.put(file.withMode(mode));
            application.effect(new Effect.ModeSet(file.id(), mode));
        }
    }

    private static int withoutSetId(int mode) {
        int cleared = mode & ~Mode.SET_UID;
        return (mode & GROUP_EXECUTE) != 0 ? cleared & ~Mode.SET_GID : cleared;
    }

    static Result facts(ModelFile file) {
        return new Result.Facts(
                file.mode(),
                file.uid(),
                file.gid(),
                file.isDirectory() ? 0 : file.linkCount(),
                file.sizeBytes(),
                file.modifiedNanos());
    }

    static Result target(ModelFile file) {
        if (!file.isSymlink()) {
            throw Errno.EINVAL.exception();
        }
        return new Result.Target(file.symlinkTarget());
    }
}
