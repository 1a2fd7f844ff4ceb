package dev.powercut.kernel.process;

import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.vfs.Errno;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Process groups and sessions, as setpgid(2) and setsid(2) have them. */
final class Groups {

    private final Processes processes;

    Groups(Processes processes) {
        this.processes = processes;
    }

    UserProcess find(UserProcess self, int pid) {
        UserProcess found = pid == 0 ? self : processes.table().get(pid);
        if (found == null) {
            throw Errno.ESRCH.exception();
        }
        return found;
    }

    void setGroup(UserProcess self, int pid, int group) {
        if (group < 0) {
            throw Errno.EINVAL.exception();
        }
        UserProcess process = find(self, pid);
        ProcessState state = process.state();
        if (process != self && state.parent() != self) {
            throw Errno.ESRCH.exception("neither itself nor a child");
        }
        if (process != self && state.session != self.state().session) {
            throw Errno.EPERM.exception();
        }
        if (process != self && state.hasExecuted) {
            throw Errno.EACCES.exception("the child runs another program already");
        }
        if (state.session == state.id) {
            throw Errno.EPERM.exception("it leads a session");
        }
        int wanted = group == 0 ? state.id : group;
        if (wanted != state.id && !hasGroup(wanted, state.session)) {
            throw Errno.EPERM.exception("no such group in the session");
        }
        state.group = wanted;
    }

    private boolean hasGroup(int group, int session) {
        for (UserProcess process : processes.table().values()) {
            if (process.state().group == group && process.state().session == session) {
                return true;
            }
        }
        return false;
    }

    int newSession(UserProcess self) {
        ProcessState state = self.state();
        for (UserProcess process : processes.table().values()) {
            if (process.state().group == state.id) {
                throw Errno.EPERM.exception("there is a group of this number");
            }
        }
        state.session = state.id;
        state.group = state.id;
        return state.id;
    }

    /**
     * Whether no member has a parent in another group of the session: nobody is there who would let it go on once it has stopped
     * (POSIX: orphaned process group). Init cares for nobody.
     *
     * @param leaving a member that does not count; null for none
     */
    boolean isOrphaned(int group, @Nullable UserProcess leaving) {
        for (UserProcess member : group(group)) {
            UserProcess above = member.state().parent();
            boolean counts = member != leaving && !member.state().isOver();
            if (counts && above != null && !above.state().isInit() && isOutside(above, member)) {
                return false;
            }
        }
        return true;
    }

    /** In another group of the same session. */
    private static boolean isOutside(UserProcess process, UserProcess member) {
        return process.state().group != member.state().group && process.state().session == member.state().session;
    }

    /**
     * A process ends, and its children are init's already: the groups that this orphans hear of it if any of their members has stopped
     * (POSIX _exit: SIGHUP, then SIGCONT).
     */
    void leaves(UserProcess process, List<UserProcess> children) {
        for (UserProcess child : children) {
            if (isOutside(process, child)) {
                hangUp(child.state().group, null);
            }
        }
        UserProcess above = process.state().parent();
        if (above != null && isOutside(above, process)) {
            hangUp(process.state().group, process);
        }
    }

    private void hangUp(int group, @Nullable UserProcess leaving) {
        List<UserProcess> members = group(group);
        boolean hasStopped =
                members.stream().anyMatch(member -> member.state().signals.isStopped());
        if (hasStopped && isOrphaned(group, leaving)) {
            for (UserProcess member : members) {
                member.state().signals.raise(SignalInfo.kernel(Signal.SIGHUP), null);
                member.state().signals.raise(SignalInfo.kernel(Signal.SIGCONT), null);
            }
        }
    }

    /** The processes of a group, lowest number first. */
    List<UserProcess> group(int group) {
        List<UserProcess> members = new ArrayList<>();
        for (UserProcess process : processes.table().values()) {
            if (process.state().group == group) {
                members.add(process);
            }
        }
        return members;
    }
}
