package dev.powercut.kernel.process;

import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.signal.SignalSet;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.wait.WaitList;
import dev.powercut.sim.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system calls on signals, and those that wait for time to pass. */
public final class Signals {

    public static final int SIG_BLOCK = 0;
    public static final int SIG_UNBLOCK = 1;
    public static final int SIG_SETMASK = 2;

    /** RLIMIT_SIGPENDING: how many real-time signals may be queued for a process. */
    private static final int QUEUE_LIMIT = 1024;

    private final UserProcess process;
    private final WaitList waiting;
    private long alarmNanos;
    private long alarmsSet;

    Signals(UserProcess process) {
        this.process = process;
        this.waiting = process.processes().vfs().waitList("a signal for " + process, () -> null);
    }

    private SignalState state() {
        return process.state().signals;
    }

    private Processes processes() {
        return process.processes();
    }

    private Clock clock() {
        return process.world().clock();
    }

    private long nowNanos() {
        return clock().nowNanos();
    }

    private void perform(SystemCall call, Runnable body) {
        process.systemCall(call, () -> {
            body.run();
            return 0;
        });
    }

    // ---- Sending ----

    /**
     * Sends a signal to a process, to all of the own group (0), to all there are (-1), or to a group (negated); signal 0 only asks.
     *
     * @throws dev.powercut.kernel.vfs.ErrnoException EINVAL, EPERM, ESRCH
     */
    public void kill(int pid, int signal) {
        perform(SystemCall.KILL, () -> {
            if (!isSignalOrNone(signal)) {
                throw Errno.EINVAL.exception("signal " + signal);
            }
            boolean isAllowed = false;
            List<UserProcess> targets = targets(pid);
            for (UserProcess target : targets) {
                if (mayKill(target, signal)) {
                    isAllowed = true;
                    if (signal != 0) {
                        target.state().signals.raise(info(signal, SignalInfo.USER, 0), null);
                    }
                }
            }
            if (!isAllowed) {
                throw targets.isEmpty() ? Errno.ESRCH.exception() : Errno.EPERM.exception();
            }
        });
    }

    private List<UserProcess> targets(int pid) {
        if (pid == Integer.MIN_VALUE) {
            return List.of();
        }
        if (pid > 0) {
            UserProcess one = processes().table().get(pid);
            return one == null ? List.of() : List.of(one);
        }
        if (pid == -1) {
            List<UserProcess> others = new ArrayList<>(processes().table().values());
            others.removeIf(one -> one == process || one.state().isInit());
            return others;
        }
        return processes().groups().group(pid == 0 ? process.state().group : -pid);
    }

    private boolean mayKill(UserProcess target, int signal) {
        PathContext self = process.context();
        PathContext other = target.context();
        return self.uid() == 0
                || self.uid() == other.realUid()
                || self.uid() == other.savedUid()
                || self.realUid() == other.realUid()
                || self.realUid() == other.savedUid()
                || signal == Signal.SIGCONT && target.state().session == process.state().session;
    }

    private SignalInfo info(int signal, int code, long value) {
        return new SignalInfo(signal, code, process.getpid(), process.context().realUid(), value, 0);
    }

    /** sigqueue(3): a signal with data; real-time signals queue. EAGAIN, EINVAL, EPERM, ESRCH. */
    public void sigqueue(int pid, int signal, long value) {
        perform(SystemCall.KILL, () -> {
            if (!isSignalOrNone(signal)) {
                throw Errno.EINVAL.exception("signal " + signal);
            }
            UserProcess target = pid <= 0 ? null : processes().table().get(pid);
            if (target == null) {
                throw Errno.ESRCH.exception();
            }
            if (!mayKill(target, signal)) {
                throw Errno.EPERM.exception();
            }
            if (target.state().signals.pending().queued() >= QUEUE_LIMIT) {
                throw Errno.EAGAIN.exception("the queue is full");
            }
            if (signal != 0) {
                target.state().signals.raise(info(signal, SignalInfo.QUEUE, value), null);
            }
        });
    }

    /** Sends a signal to the calling thread. */
    public void raise(int signal) {
        perform(SystemCall.KILL, () -> {
            if (!isSignalOrNone(signal)) {
                throw Errno.EINVAL.exception("signal " + signal);
            }
            if (signal != 0) {
                state().raise(info(signal, SignalInfo.THREAD, 0), processes().currentOf(process));
            }
        });
    }

    /** pthread_kill(3): to another thread of this process. EINVAL, ESRCH. */
    public void killThread(int thread, int signal) {
        perform(SystemCall.KILL, () -> {
            if (!isSignalOrNone(signal)) {
                throw Errno.EINVAL.exception("signal " + signal);
            }
            UserThread target = process.threads().find(thread);
            if (target == null) {
                throw Errno.ESRCH.exception();
            }
            if (signal != 0) {
                state().raise(info(signal, SignalInfo.THREAD, 0), target);
            }
        });
    }

    // ---- Taking ----

    /** Says what to do when a signal comes, null for no change, and returns what was done before. EINVAL to change SIGKILL and SIGSTOP. */
    public SignalAction sigaction(int signal, @Nullable SignalAction action) {
        return process.systemFetch(SystemCall.SIGACTION, () -> {
            if (!Signal.isReal(signal) || action != null && Signal.isAbsolute(signal)) {
                throw Errno.EINVAL.exception("signal " + signal);
            }
            SignalAction before = state().action(signal);
            if (action != null) {
                state().setAction(signal, action);
            }
            return before;
        });
    }

    /** As sigaction with SA_RESTART, as Linux's signal(2). */
    public SignalAction signal(int signal, SignalHandler handler) {
        return sigaction(signal, SignalAction.restarting(handler));
    }

    /** Changes which signals the calling thread blocks, and returns which it did. EINVAL. */
    public long sigprocmask(int how, long set) {
        return process.systemCall(SystemCall.SIGMASK, () -> {
            UserThread thread = processes().currentOf(process);
            long before = thread.mask;
            long changed = switch (how) {
                case SIG_BLOCK -> before | set;
                case SIG_UNBLOCK -> before & ~set;
                case SIG_SETMASK -> set;
                default -> throw Errno.EINVAL.exception();
            };
            thread.mask = changed & ~SignalSet.ABSOLUTE;
            return before;
        });
    }

    /** Which signals have come and are blocked. */
    public long sigpending() {
        return process.systemCall(SystemCall.SIGMASK, () -> {
            UserThread thread = processes().currentOf(process);
            return (state().pending().set() | thread.pending.set()) & thread.mask;
        });
    }

    /** Waits with another mask until a handler has run; always EINTR. */
    public void sigsuspend(long mask) {
        UserThread thread = process.enter();
        long before = thread.mask;
        try {
            perform(SystemCall.SIGSUSPEND, () -> {
                // Not before the call has begun: what comes in between is to cut it short.
                thread.mask = mask & ~SignalSet.ABSOLUTE;
                awaitHandler();
            });
        } catch (Unwinding.Exec program) {
            before = thread.mask;
            throw program;
        } finally {
            thread.mask = before;
        }
    }

    /** Waits until a handler has run; always EINTR. */
    public void pause() {
        perform(SystemCall.SIGSUSPEND, this::awaitHandler);
    }

    private void awaitHandler() {
        while (true) {
            waiting.await();
        }
    }

    /** Waits for one of some blocked signals and takes it. */
    public SignalInfo sigwaitinfo(long set) {
        return sigtimedwait(set, -1);
    }

    /** As {@link #sigwaitinfo}, but EAGAIN after so many nanoseconds; negative waits for ever. */
    public SignalInfo sigtimedwait(long set, long timeoutNanos) {
        long deadline = timeoutNanos < 0 ? Clock.END_NANOS : clock().after(timeoutNanos);
        return process.systemFetch(SystemCall.SIGWAIT, () -> {
            UserThread thread = processes().currentOf(process);
            thread.awaited = set & ~SignalSet.ABSOLUTE;
            try {
                return awaitSignal(thread, deadline);
            } finally {
                thread.awaited = 0;
            }
        });
    }

    private SignalInfo awaitSignal(UserThread thread, long deadline) {
        boolean isTimed = false;
        while (true) {
            @Nullable SignalInfo taken = state().take(thread, thread.awaited);
            if (taken != null) {
                return taken;
            }
            if (nowNanos() >= deadline) {
                throw Errno.EAGAIN.exception();
            }
            if (!isTimed) {
                isTimed = true;
                process.state().runner().at(deadline, waiting::wakeAll);
            }
            waiting.await();
        }
    }

    // ---- Time ----

    /** Sleeps; EINTR when a handler has run meanwhile. What would last to the {@link Clock#END_NANOS} lasts for ever. */
    public void nanosleep(long nanos) {
        if (nanos < 0) {
            throw Errno.EINVAL.exception();
        }
        long deadline = clock().after(nanos);
        process.state().runner().at(deadline, waiting::wakeAll);
        perform(SystemCall.SLEEP, () -> {
            while (nowNanos() < deadline) {
                waiting.await();
            }
        });
    }

    /**
     * SIGALRM after so many nanoseconds of virtual time, in place of an alarm that was set before; 0 takes that back. Returns how long
     * it would have taken. EINVAL.
     */
    public long alarm(long nanos) {
        return process.systemCall(SystemCall.ALARM, () -> {
            if (nanos < 0) {
                throw Errno.EINVAL.exception();
            }
            long before = alarmNanos == 0 ? 0 : Math.max(1, alarmNanos - nowNanos());
            long number = ++alarmsSet;
            alarmNanos = nanos == 0 ? 0 : clock().after(nanos);
            if (nanos > 0) {
                process.state().runner().at(alarmNanos, () -> ring(number));
            }
            return before;
        });
    }

    private void ring(long number) {
        if (number == alarmsSet) {
            alarmNanos = 0;
            state().raise(SignalInfo.kernel(Signal.SIGALRM), null);
        }
    }

    private static boolean isSignalOrNone(int signal) {
        return signal == 0 || Signal.isReal(signal);
    }
}
