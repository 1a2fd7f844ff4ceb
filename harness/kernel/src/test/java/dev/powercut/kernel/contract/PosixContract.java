package dev.powercut.kernel.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * The cases, whatever plays them: the simulated kernel with a filesystem of ours ({@link FileSystemContract}), or the real one.
 * A case is right when the real kernel passes it; what a certain filesystem or kernel does otherwise is named in {@link
 * #differences}, with the reason.
 */
public abstract class PosixContract {

    /** Only cases whose names contain this are played: {@code -Dpowercut.contract.case=rename}. */
    private static final String ONLY = System.getProperty("powercut.contract.case", "");

    /** A stage for the next case. */
    protected abstract Stage stage();

    /** Cases that may fail here, by name, and why. Such a case is played, and when it fails, aborted with the reason. */
    protected Map<String, String> differences() {
        return Map.of();
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Cases some : List.of(
                new PathCases(),
                new OpenCases(),
                new ContentsCases(),
                new SizeCases(),
                new AllocationCases(),
                new DirectoryCases(),
                new LinkCases(),
                new RenameCases(),
                new AttributeCases(),
                new PermissionCases(),
                new TimeCases(),
                new StatisticsCases(),
                new FifoCases(),
                new PipeCases(),
                new DescriptorCases(),
                new RecordLockCases())) {
            cases.addAll(some.all());
        }
        return cases;
    }

    @TestFactory
    Stream<DynamicNode> calls() {
        Map<String, List<DynamicNode>> byCall = new LinkedHashMap<>();
        for (Case one : cases()) {
            if (one.name().contains(ONLY)) {
                List<DynamicNode> tests = byCall.computeIfAbsent(one.call(), call -> new ArrayList<>());
                if (one.who() != Case.Who.ROOT) {
                    tests.add(DynamicTest.dynamicTest(one.claim(), () -> play(one, false)));
                }
                if (one.who() != Case.Who.USER) {
                    tests.add(DynamicTest.dynamicTest(one.claim() + " [root]", () -> play(one, true)));
                }
            }
        }
        return byCall.entrySet().stream()
                .map(call -> DynamicContainer.dynamicContainer(call.getKey(), call.getValue()));
    }

    private void play(Case one, boolean asRoot) {
        try (Stage stage = stage()) {
            one.body().play(stage, asRoot ? stage.root() : stage.alice());
        } catch (TestAbortedException aborted) {
            throw aborted;
        } catch (AssertionError | RuntimeException failure) {
            String reason = differences().get(one.name());
            if (reason != null) {
                throw new TestAbortedException(reason, failure);
            }
            throw new AssertionError(one.name() + (asRoot ? " [root]: " : ": ") + failure.getMessage(), failure);
        }
    }
}
