package dev.powercut.check.model;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;

/** Who calls: what the permission bits allow (POSIX.1-2024, section 4.7 of Base Definitions). User 0 may do everything. */
record Caller(int uid, int gid, int umask) {

    static final int READ = 4;
    static final int WRITE = 2;
    static final int EXECUTE = 1;

    boolean isSuperUser() {
        return uid == 0;
    }

    boolean may(ModelFile file, int access) {
        if (isSuperUser()) {
            return file.isDirectory() || (access & EXECUTE) == 0 || (file.mode() & 0111) != 0;
        }
        int shift = file.uid() == uid ? 6 : file.gid() == gid ? 3 : 0;
        return (file.mode() >> shift & access) == access;
    }

    void require(ModelFile file, int access) {
        if (!may(file, access)) {
            throw Errno.EACCES.exception();
        }
    }

    void requireOwner(ModelFile file) {
        if (!isSuperUser() && file.uid() != uid) {
            throw Errno.EPERM.exception();
        }
    }

    /** May a name be removed from a directory, given what it stands for? */
    void requireRemoval(ModelFile directory, ModelFile victim) {
        require(directory, WRITE | EXECUTE);
        boolean sticky = (directory.mode() & Mode.STICKY) != 0;
        if (sticky && !isSuperUser() && victim.uid() != uid && directory.uid() != uid) {
            throw Errno.EPERM.exception();
        }
    }
}
