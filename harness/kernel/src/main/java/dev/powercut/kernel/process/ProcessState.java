package dev.powercut.kernel.process;

import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.wait.WaitList;
import dev.powercut.sim.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The life of one process: running, ending (one thread has said so, the others end where they are next seen), over (a status for
 * its parent and nothing else). Whose child it is changes when its parent ends.
 */
final class ProcessState {

    static final int INIT = 1;

    final int id;
    final List<UserThread> threads = new ArrayList<>(1);
    final List<UserProcess> children = new ArrayList<>(0);
    final SignalState signals;
    final WaitList childEvents;
    int group;
    int session;
    boolean hasExecuted;
    private final Runner runner;
    private final PathContext context;
    private @Nullable UserProcess parent;
    private boolean isEnding;
    private boolean isOver;
    private int status;

    /** A stop or a going on that the parent has not asked for yet; 0 when there is none. */
    private int news;

    /** The handles of the threads that forks left behind, of ancestors as well: what these have locked stays locked. */
    private final Set<Integer> leftBehind = new TreeSet<>();

    private long steps;
    private int refusals;

    ProcessState(
            int id,
            String name,
            @Nullable UserProcess parent,
            PathContext context,
            Runner runner,
            WaitList childEvents) {
        this.id = id;
        this.parent = parent;
        this.runner = runner;
        this.context = context;
        this.childEvents = childEvents;
        this.signals = new SignalState(this, name);
        this.group = parent == null ? id : parent.state().group;
        this.session = parent == null ? id : parent.state().session;
    }

    Runner runner() {
        return runner;
    }

    boolean isInit() {
        return id == INIT;
    }

    @Nullable
    UserProcess parent() {
        return parent;
    }

    boolean isOver() {
        return isOver;
    }

    boolean isEnding() {
        return isEnding;
    }

    int status() {
        return status;
    }

    int news() {
        return news;
    }

    void newsTaken() {
        news = 0;
    }

    boolean mustAct(UserThread thread) {
        return isEnding || thread.ended || signals.isActionable(thread);
    }

    /** Ends the body of a thread of a process that is ending. */
    void requireAlive(UserThread thread) {
        if (isEnding || thread.ended) {
            throw new Unwinding.End();
        }
    }

    /** The process ends; returns never. */
    void end(int waitStatus, UserThread by) {
        if (!isEnding) {
            isEnding = true;
            status = waitStatus;
            signals.release();
            for (UserThread thread : List.copyOf(threads)) {
                if (thread != by) {
                    thread.interrupt();
                }
            }
        }
        throw new Unwinding.End();
    }

    /** All other threads end: exec. */
    void endOthers(UserThread by) {
        for (UserThread thread : List.copyOf(threads)) {
            if (thread != by) {
                thread.ended = true;
                thread.detached = true;
                thread.interrupt();
            }
        }
    }

    /** exec: the one thread that is left is the first of the new program. */
    void isAlone(UserThread thread) {
        thread.id = id;
        thread.handle = id;
        leftBehind.clear();
    }

    /** fork: which threads of the parent are not here. */
    void leaveBehind(ProcessState parent, UserThread caller) {
        leftBehind.addAll(parent.leftBehind);
        for (UserThread thread : parent.threads) {
            if (thread != caller && !thread.ended) {
                leftBehind.add(thread.handle);
            }
        }
    }

    boolean hasLeftBehind(int handle) {
        return leftBehind.contains(handle);
    }

    /** The last thread is gone. Returns whether the parent wants to hear of it. */
    boolean over() {
        isEnding = true;
        isOver = true;
        UserProcess above = parent;
        if (above == null) {
            return false;
        }
        tell(above, status);
        SignalAction action = above.state().signals.action(Signal.SIGCHLD);
        return !action.isIgnore() && !action.has(SignalAction.SA_NOCLDWAIT);
    }

    /** It has stopped, or goes on: the parent may want to know. */
    void changed(int waitStatus) {
        news = waitStatus;
        UserProcess above = parent;
        if (above != null) {
            boolean quiet = above.state().signals.action(Signal.SIGCHLD).has(SignalAction.SA_NOCLDSTOP);
            if (quiet) {
                above.state().childEvents.wakeAll();
            } else {
                tell(above, waitStatus);
            }
        }
    }

    private void tell(UserProcess above, int waitStatus) {
        WaitResult result = new WaitResult(id, waitStatus);
        int code;
        int value;
        if (result.continued()) {
            code = SignalInfo.CLD_CONTINUED;
            value = Signal.SIGCONT;
        } else if (result.stopped()) {
            code = SignalInfo.CLD_STOPPED;
            value = result.stopSignal();
        } else {
            code = result.exited() ? SignalInfo.CLD_EXITED : SignalInfo.CLD_KILLED;
            value = result.exited() ? result.exitStatus() : result.termSignal();
        }
        above.state().signals.raise(new SignalInfo(Signal.SIGCHLD, code, id, context.realUid(), value, 0), null);
        above.state().childEvents.wakeAll();
    }

    /** The parent has ended: init takes over. */
    void adopt(UserProcess init) {
        parent = init;
        if (isOver) {
            tell(init, status);
        }
    }

    /** Returns whether these were too many. */
    boolean countStep(long limit) {
        return ++steps > limit;
    }

    /** Something was refused for a limit; returns how often by now. */
    int refused() {
        return ++refusals;
    }
}
