package dev.powercut.kernel.process;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** waitpid(2). */
final class ChildWait {

    private final Processes processes;
    private final Choices choices;

    /** @param choices which of several children that have ended is given first */
    ChildWait(Processes processes, Choices choices) {
        this.processes = processes;
        this.choices = choices;
    }

    WaitResult await(UserProcess parent, int pid, int options) {
        int known = UserProcess.WNOHANG | UserProcess.WUNTRACED | UserProcess.WCONTINUED;
        if ((options & ~known) != 0 || pid == Integer.MIN_VALUE) {
            throw pid == Integer.MIN_VALUE ? Errno.ESRCH.exception() : Errno.EINVAL.exception();
        }
        while (true) {
            List<UserProcess> some = matching(parent, pid);
            if (some.isEmpty()) {
                throw Errno.ECHILD.exception();
            }
            WaitResult result = changed(some, options);
            if (result != null) {
                return result;
            }
            if ((options & UserProcess.WNOHANG) != 0) {
                return new WaitResult(0, 0);
            }
            parent.state().childEvents.await();
        }
    }

    private static List<UserProcess> matching(UserProcess parent, int pid) {
        List<UserProcess> some = new ArrayList<>();
        for (UserProcess child : parent.state().children) {
            ProcessState state = child.state();
            boolean matches =
                    pid > 0 ? state.id == pid : pid == -1 || state.group == (pid == 0 ? parent.state().group : -pid);
            if (matches) {
                some.add(child);
            }
        }
        return some;
    }

    private @Nullable WaitResult changed(List<UserProcess> some, int options) {
        List<UserProcess> ended = new ArrayList<>();
        for (UserProcess child : some) {
            if (child.state().isOver()) {
                ended.add(child);
            }
        }
        if (!ended.isEmpty()) {
            UserProcess child = ended.get(choices.choose("wait.child", ended.size()));
            processes.forget(child);
            return new WaitResult(child.state().id, child.state().status());
        }
        for (UserProcess child : some) {
            WaitResult news = new WaitResult(child.state().id, child.state().news());
            boolean isWanted = child.state().news() != 0
                    && (news.stopped() && (options & UserProcess.WUNTRACED) != 0
                            || news.continued() && (options & UserProcess.WCONTINUED) != 0);
            if (isWanted) {
                child.state().newsTaken();
                return news;
            }
        }
        return null;
    }
}
