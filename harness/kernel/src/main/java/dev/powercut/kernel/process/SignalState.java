package dev.powercut.kernel.process;

import dev.powercut.kernel.signal.PendingSignals;
import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.signal.SignalSet;
import dev.powercut.sim.WaitQueue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The signals of one process: what it does when one comes, and which have come. */
final class SignalState {

    /** What became of a wait that a signal cut short. */
    enum Handled {
        /** No handler ran: the call goes on. */
        NOTHING,
        /** The first handler has SA_RESTART. */
        RESTARTS,
        INTERRUPTS
    }

    private static final long STOPS = SignalSet.of(Signal.SIGSTOP, Signal.SIGTSTP, Signal.SIGTTIN, Signal.SIGTTOU);

    private final ProcessState state;
    private final SignalAction[] actions = new SignalAction[Signal.SIGRTMAX + 1];
    private final PendingSignals pending = new PendingSignals();
    private final WaitQueue continued;
    private int stoppedBy;

    SignalState(ProcessState state, String name) {
        this.state = state;
        this.continued = new WaitQueue("SIGCONT for " + name);
        Arrays.fill(actions, SignalAction.byDefault());
    }

    /** As fork does it: the same actions, nothing pending. */
    void copyActions(SignalState parent) {
        System.arraycopy(parent.actions, 0, actions, 0, actions.length);
    }

    /** As exec does it: what is caught is no longer. */
    void forgetHandlers() {
        for (int i = 0; i < actions.length; i++) {
            if (!actions[i].isIgnore()) {
                actions[i] = SignalAction.byDefault();
            }
        }
    }

    SignalAction action(int signal) {
        return actions[signal];
    }

    void setAction(int signal, SignalAction action) {
        actions[signal] = action;
        if (isIgnored(signal)) {
            pending.drop(SignalSet.of(signal));
            for (UserThread thread : state.threads) {
                thread.pending.drop(SignalSet.of(signal));
            }
        }
    }

    PendingSignals pending() {
        return pending;
    }

    boolean isStopped() {
        return stoppedBy != 0;
    }

    private boolean isIgnored(int signal) {
        SignalAction action = actions[signal];
        boolean byDefault = action.isDefault()
                && (Signal.defaultOf(signal) == Signal.Default.IGNORE
                        || Signal.defaultOf(signal) == Signal.Default.CONTINUE
                        || state.isInit());
        return action.isIgnore() || byDefault;
    }

    /** Whether a thread has anything to do about signals. */
    boolean isActionable(UserThread thread) {
        // What it awaits is taken by the wait itself, blocked or not.
        long blocked = thread.mask | thread.awaited;
        return stoppedBy != 0 || ((thread.pending.set() | pending.set()) & ~blocked) != 0;
    }

    /** A signal comes: to one thread, or to the process. */
    void raise(SignalInfo info, @Nullable UserThread target) {
        int signal = info.signal();
        if (state.isOver()) {
            return;
        }
        if (signal == Signal.SIGCONT) {
            drop(STOPS);
            goOn();
        }
        if (signal == Signal.SIGKILL && !state.isInit()) {
            // It goes on to end, of which alone its parent hears.
            release();
        }
        if (SignalSet.contains(STOPS, signal)) {
            drop(SignalSet.of(Signal.SIGCONT));
        }
        if (isIgnored(signal) && !isBlocked(signal, target)) {
            return;
        }
        (target == null ? pending : target.pending).add(info);
        if (target != null) {
            target.interrupt();
        } else {
            interruptOne(signal);
        }
    }

    private void drop(long set) {
        pending.drop(set);
        for (UserThread thread : state.threads) {
            thread.pending.drop(set);
        }
    }

    private boolean isBlocked(int signal, @Nullable UserThread target) {
        if (target != null) {
            return SignalSet.contains(target.mask | target.awaited, signal);
        }
        for (UserThread thread : state.threads) {
            if (SignalSet.contains(thread.mask | thread.awaited, signal)) {
                return true;
            }
        }
        return false;
    }

    private void interruptOne(int signal) {
        for (UserThread thread : state.threads) {
            boolean isWanted = SignalSet.contains(thread.awaited | ~thread.mask, signal);
            if (isWanted && thread.interrupt()) {
                return;
            }
        }
    }

    /** Acts upon all that has come to a thread and is not blocked. */
    Handled deliver(UserThread thread) {
        Handled handled = Handled.NOTHING;
        while (true) {
            state.requireAlive(thread);
            if (stoppedBy != 0) {
                state.runner().block(continued);
                continue;
            }
            SignalInfo info = take(thread, ~thread.mask);
            if (info == null) {
                return handled;
            }
            SignalAction action = actions[info.signal()];
            if (isIgnored(info.signal())) {
                continue;
            }
            SignalHandler handler = action.catcher();
            if (handler == null) {
                byDefault(info.signal(), thread);
            } else {
                handle(thread, info, action, handler);
                if (handled == Handled.NOTHING) {
                    handled = action.has(SignalAction.SA_RESTART) ? Handled.RESTARTS : Handled.INTERRUPTS;
                }
            }
        }
    }

    /** Takes a pending signal of a set, the thread's own first; null when there is none. */
    @Nullable
    SignalInfo take(UserThread thread, long set) {
        SignalInfo own = thread.pending.take(set);
        return own != null ? own : pending.take(set);
    }

    /**
     * Calls a handler. As on Linux what else has come, and is not blocked meanwhile, interrupts it before its first instruction: of
     * several signals that come at once the lowest is delivered first, and its handler is the last to run.
     */
    private void handle(UserThread thread, SignalInfo info, SignalAction action, SignalHandler handler) {
        if (action.has(SignalAction.SA_RESETHAND)) {
            actions[info.signal()] = SignalAction.byDefault();
        }
        long before = thread.mask;
        thread.mask |= action.mask();
        if (!action.has(SignalAction.SA_NODEFER)) {
            thread.mask |= SignalSet.of(info.signal());
        }
        thread.mask &= ~SignalSet.ABSOLUTE;
        try {
            deliver(thread);
            handler.handle(thread.process, info);
        } catch (Unwinding.Exec program) {
            // Who execs in a handler leaves the signal blocked to the program.
            before = thread.mask;
            throw program;
        } finally {
            thread.mask = before;
        }
    }

    private void byDefault(int signal, UserThread thread) {
        switch (Signal.defaultOf(signal)) {
            case TERMINATE -> state.end(WaitResult.ofSignal(signal), thread);
            case STOP -> {
                if (signal != Signal.SIGSTOP && isOrphaned(thread.process)) {
                    return;
                }
                stoppedBy = signal;
                state.changed(WaitResult.ofStop(signal));
                for (UserThread other : state.threads) {
                    other.interrupt();
                }
            }
            case IGNORE, CONTINUE -> {
                // Dropped already, unless it was blocked when it came.
            }
        }
    }

    /** Whether nobody would let it go on: then the stops of terminals do nothing (POSIX: XSH 2.4.3). */
    private static boolean isOrphaned(UserProcess process) {
        return process.processes().groups().isOrphaned(process.state().group, null);
    }

    private void goOn() {
        if (stoppedBy != 0) {
            stoppedBy = 0;
            state.runner().wakeAll(continued);
            state.changed(WaitResult.ofContinue());
        }
    }

    /** The process ends: whoever has stopped goes on, to end. */
    void release() {
        stoppedBy = 0;
        state.runner().wakeAll(continued);
    }
}
