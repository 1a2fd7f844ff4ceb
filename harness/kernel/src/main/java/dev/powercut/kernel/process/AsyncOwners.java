package dev.powercut.kernel.process;

import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.wait.WaitList;
import java.util.List;

/** The processes and groups that F_SETOWN names, which hear by a signal of what is new on descriptions with O_ASYNC. */
final class AsyncOwners implements FileControl.Notifier {

    private final Processes processes;

    AsyncOwners(Processes processes) {
        this.processes = processes;
    }

    @Override
    public void changed(int fd, int owner, int signal, WaitList.News news) {
        // Only a signal that was chosen tells where there is news (F_SETSIG of fcntl(2)).
        int code = news == WaitList.News.READABLE ? SignalInfo.POLL_IN : SignalInfo.POLL_OUT;
        SignalInfo info = signal == 0 ? SignalInfo.kernel(Signal.SIGIO) : new SignalInfo(signal, code, 0, 0, fd, 0);
        for (UserProcess target : targets(owner)) {
            target.state().signals.raise(info, null);
        }
    }

    @Override
    public boolean isThere(int owner) {
        return !targets(owner).isEmpty();
    }

    private List<UserProcess> targets(int owner) {
        if (owner < 0) {
            return processes.groups().group(-owner);
        }
        UserProcess one = processes.table().get(owner);
        return one == null ? List.of() : List.of(one);
    }
}
