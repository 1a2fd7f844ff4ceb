package dev.powercut.kernel.vfs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a process's paths begin and who walks them: root, working directory, descriptors, user, groups and file creation mask.
 *
 * <p>Users and groups are as in credentials(7): a real, an effective and a saved one; the effective ones, with the
 * supplementary groups, decide what is allowed. Effective user 0 is the super-user and has all capabilities.
 */
public final class PathContext {

    /** For ids: leave as it is. */
    private static final int SAME = -1;

    /** NGROUPS_MAX of Linux. */
    private static final int MOST_GROUPS = 65_536;

    final Mount rootMount;
    final Inode root;
    final DescriptorTable descriptors;
    int uid;
    int gid;
    private int realUid;
    private int realGid;
    private int savedUid;
    private int savedGid;
    private int[] groups = {};
    Mount mount;
    Inode directory;
    boolean ended;
    int umask = 0b000_010_010;

    /** Who holds record locks; 0 where there are no processes. */
    int processId;

    PathContext(Mount rootMount, int uid, int gid) {
        this.descriptors = new DescriptorTable();
        this.rootMount = rootMount;
        this.root = rootMount.root;
        this.mount = rootMount;
        this.directory = rootMount.root;
        this.uid = uid;
        this.gid = gid;
        this.realUid = uid;
        this.realGid = gid;
        this.savedUid = uid;
        this.savedGid = gid;
    }

    /** The effective user. */
    public int uid() {
        return uid;
    }

    /** The effective group. */
    public int gid() {
        return gid;
    }

    /** The number of the process; 0 where there are no processes. */
    public int processId() {
        return processId;
    }

    public void setProcessId(int id) {
        processId = id;
    }

    public DescriptorTable descriptors() {
        return descriptors;
    }

    /** Sets the file creation mask and returns the old one. */
    public int umask(int mask) {
        int old = umask;
        umask = mask & 0x1FF;
        return old;
    }

    /** Sets real, effective and saved user; -1 leaves one as it is. Who is not the super-user may choose among the three. */
    public void setresuid(int real, int effective, int saved) {
        requireOneOf(real, realUid, uid, savedUid);
        requireOneOf(effective, realUid, uid, savedUid);
        requireOneOf(saved, realUid, uid, savedUid);
        realUid = real == SAME ? realUid : real;
        uid = effective == SAME ? uid : effective;
        savedUid = saved == SAME ? savedUid : saved;
    }

    /** As {@link #setresuid}, of groups. */
    public void setresgid(int real, int effective, int saved) {
        requireOneOf(real, realGid, gid, savedGid);
        requireOneOf(effective, realGid, gid, savedGid);
        requireOneOf(saved, realGid, gid, savedGid);
        realGid = real == SAME ? realGid : real;
        gid = effective == SAME ? gid : effective;
        savedGid = saved == SAME ? savedGid : saved;
    }

    private void requireOneOf(int id, int real, int effective, int saved) {
        if (id != SAME && !isSuperUser() && id != real && id != effective && id != saved) {
            throw Errno.EPERM.exception();
        }
    }

    /** Sets the supplementary groups, which only the super-user may. */
    public void setgroups(int @Nullable ... supplementary) {
        if (!isSuperUser()) {
            throw Errno.EPERM.exception();
        }
        if (supplementary == null) {
            throw Errno.EFAULT.exception("no groups");
        }
        if (supplementary.length > MOST_GROUPS) {
            throw Errno.EINVAL.exception("more than " + MOST_GROUPS + " groups");
        }
        groups = supplementary.clone();
    }

    /** The supplementary groups. */
    public int[] groups() {
        return groups.clone();
    }

    boolean isSuperUser() {
        return uid == 0;
    }

    boolean isMember(int group) {
        if (group == gid) {
            return true;
        }
        for (int one : groups) {
            if (one == group) {
                return true;
            }
        }
        return false;
    }

    /** As fork does it. */
    PathContext(PathContext parent, int processId) {
        this.descriptors = parent.descriptors.copy();
        this.rootMount = parent.rootMount;
        this.root = parent.root;
        this.mount = parent.mount;
        this.directory = parent.directory;
        this.ended = parent.ended;
        this.uid = parent.uid;
        this.gid = parent.gid;
        this.realUid = parent.realUid;
        this.realGid = parent.realGid;
        this.savedUid = parent.savedUid;
        this.savedGid = parent.savedGid;
        this.groups = parent.groups;
        this.umask = parent.umask;
        this.processId = processId;
    }

    /** The real user. */
    public int realUid() {
        return realUid;
    }

    /** The saved user. */
    public int savedUid() {
        return savedUid;
    }

    /** Another view of the same process for one call, with the real ids in place of the effective ones, as access(2) asks. */
    PathContext withRealIds() {
        return new PathContext(this);
    }

    private PathContext(PathContext process) {
        this.processId = process.processId;
        this.descriptors = process.descriptors;
        this.rootMount = process.rootMount;
        this.root = process.root;
        this.mount = process.mount;
        this.directory = process.directory;
        this.ended = process.ended;
        this.uid = process.realUid;
        this.gid = process.realGid;
        this.groups = process.groups;
    }

    @Override
    public String toString() {
        return "user " + uid + ", groups " + gid + " " + Arrays.toString(groups);
    }
}
