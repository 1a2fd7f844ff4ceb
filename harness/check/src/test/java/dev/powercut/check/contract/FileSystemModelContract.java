package dev.powercut.check.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.check.workload.Step;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/**
 * A filesystem does what the model does: random operations, drawn from bytes so that a failure shrinks to few and dull ones, or
 * from a seed where many are wanted.
 */
public abstract class FileSystemModelContract {

    /** The least that evicts pages and buffers all the time. */
    private static final KernelOptions CROWDED = new KernelOptions(4, 16, true);

    protected abstract FileSystemTarget target();

    @Property(tries = 150, seed = "20260101")
    void shortWorkloadsGiveWhatTheModelGives(@ForAll @Size(max = 600) byte[] bytes) {
        check(Choices.fromBytes(bytes), 40, KernelOptions.DEFAULT);
    }

    @Property(tries = 60, seed = "20260102")
    void longWorkloadsGiveWhatTheModelGives(@ForAll long seed) {
        check(Choices.seeded(seed), 300, KernelOptions.DEFAULT);
    }

    @Property(tries = 60, seed = "20260103")
    void fullCachesChangeNothing(@ForAll long seed) {
        check(Choices.seeded(seed), 200, CROWDED);
    }

    private void check(Choices choices, int operationCount, KernelOptions options) {
        FileSystemTarget target = target();
        LiveRun live = new LiveRun(target.fileSystem(null), target.format(target.defaultFormat()), options, choices);
        List<Step> steps = unmounting(new RandomWorkload(operationCount).steps(choices.split("workload")));
        History history = live.run(steps);
        assertNull(history.mismatch());
        assertEquals(List.of(), live.violations(history, target.guarantees(""), live.remounted()));
    }

    private static List<Step> unmounting(List<Step> steps) {
        List<Step> all = new ArrayList<>(steps);
        if (all.isEmpty() || !(all.getLast().operation() instanceof Operation.Unmount)) {
            all.add(new Step(all.size(), new Operation.Unmount()));
        }
        return all;
    }
}
