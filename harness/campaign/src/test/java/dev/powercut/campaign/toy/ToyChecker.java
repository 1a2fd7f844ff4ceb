package dev.powercut.campaign.toy;

import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The toy's fsck: an unclean flag is benign, a header without its snapshot is damage. */
final class ToyChecker implements Checker {

    private static final Cause CAUSE = new Cause(ToyFormat.STATE, new Trigger.Recovery());

    private final @Nullable ToyFault fault;

    ToyChecker(@Nullable ToyFault fault) {
        this.fault = fault;
    }

    private record Result(Severity severity, boolean recovered, String kind, List<String> lines)
            implements CheckResult {
        @Override
        public String worstLine() {
            return lines.isEmpty() ? "" : lines.getFirst();
        }
    }

    @Override
    public CheckResult check(BlockDevice device) {
        return look(device, false);
    }

    private static CheckResult look(BlockDevice device, boolean mended) {
        ToyFormat.Header header = ToyFormat.newest(device);
        if (header == null || ToyFormat.snapshot(device, header) == null) {
            return new Result(
                    CheckResult.Severity.DAMAGE, false, "torn-snapshot", List.of("the newest snapshot is not whole"));
        }
        if (ToyFormat.state(device)[ToyFormat.UNCLEAN] != 0) {
            return new Result(CheckResult.Severity.BENIGN, mended, "unclean", List.of("it was not unmounted"));
        }
        return new Result(CheckResult.Severity.CLEAN, true, "", List.of());
    }

    @Override
    public CheckResult recover(BlockDevice device) {
        CheckResult found = look(device, fault != ToyFault.RECOVERY_GIVES_UP);
        byte[] state = ToyFormat.state(device);
        if (fault == ToyFault.RECOVERY_WRITES_EACH_TIME && found.severity() != CheckResult.Severity.DAMAGE) {
            state[ToyFormat.RECOVERIES]++;
            ToyFormat.writeState(device, state, CAUSE);
        }
        if (found.severity() != CheckResult.Severity.BENIGN || fault == ToyFault.RECOVERY_GIVES_UP) {
            return found;
        }
        if (fault == ToyFault.RECOVERY_THROWS) {
            throw new IllegalStateException("the toy cannot recover");
        }
        while (fault == ToyFault.RECOVERY_SPINS && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        while (fault == ToyFault.RECOVERY_HANGS) {
            ToyFormat.newest(device);
        }
        boolean stumbles = fault == ToyFault.RECOVERY_STUMBLES_THE_SECOND_TIME;
        boolean again = stumbles && state[ToyFormat.RECOVERIES] > 0;
        if (stumbles) {
            state[ToyFormat.RECOVERIES] = 1;
            ToyFormat.writeState(device, state, CAUSE);
            state[ToyFormat.RECOVERIES] = 0;
        }
        if (fault == ToyFault.RECOVERY_WRITES_HEADER_FIRST || again) {
            ToyFormat.Header header = java.util.Objects.requireNonNull(ToyFormat.newest(device));
            byte[] snapshot = java.util.Objects.requireNonNull(ToyFormat.snapshot(device, header));
            ToyFormat.write(device, header.generation() + 1, snapshot, true, CAUSE);
        }
        if (fault != ToyFault.RECOVERY_LEAVES_A_PROBLEM) {
            state[ToyFormat.UNCLEAN] = 0;
            state[ToyFormat.SPOILT] = 1;
            ToyFormat.writeState(device, state, CAUSE);
        }
        if (fault == ToyFault.RECOVERY_INVENTS_DATA) {
            invent(device);
        }
        return found;
    }

    /** Changes the first letter of written data that it finds in the newest snapshot. */
    private static void invent(BlockDevice device) {
        ToyFormat.Header header = java.util.Objects.requireNonNull(ToyFormat.newest(device));
        byte[] snapshot = java.util.Objects.requireNonNull(ToyFormat.snapshot(device, header));
        for (int i = 0; i + 16 <= snapshot.length; i++) {
            if (snapshot[i + 5] == '@' && snapshot[i + 15] == '\n') {
                snapshot[i + 5] = '!';
                break;
            }
        }
        ToyFormat.write(device, header.generation() + 1, snapshot, false, CAUSE);
    }

    @Override
    public CheckResult repair(BlockDevice device) {
        return recover(device);
    }
}
