package dev.powercut.kernel.process;

import dev.powercut.kernel.vfs.Errno;
import java.util.ArrayList;
import java.util.List;

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
