package dev.powercut.check.ace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.model.Model;
import dev.powercut.check.model.Transition;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AceSpaceTest {

    private static final AceSpace ONE = new AceSpace(1);
    private static final AceSpace TWO = new AceSpace(2);
    private static final AceSpace THREE = new AceSpace(3);

    @Test
    void countsAreThoseThatTheReadmeAndTheHelpTell() {
        assertEquals(132, ONE.count());
        assertEquals(48_971, TWO.count());
        assertEquals(536, new AceSpace(1, true).count());
        assertEquals(298_732, new AceSpace(2, true).count());
    }

    @Test
    void sharesOfTheFirstOperationsAddUpToTheCount() {
        assertEquals(
                THREE.count(),
                THREE.shares().stream().mapToLong(AceSpace.Share::workloads).sum());
    }

    @Test
    void noTwoNumbersGiveTheSameWorkload() {
        for (AceSpace space : List.of(ONE, TWO)) {
            TreeSet<String> seen = new TreeSet<>();
            for (long index = 0; index < space.count(); index++) {
                AceWorkload workload = space.workload(index);
                assertTrue(seen.add(workload.setUp() + " " + workload.steps()), workload::name);
            }
        }
    }

    @Test
    void ofWorkloadsThatDifferByExchangedNamesOnlyThereIsOne() {
        TreeMap<String, String> seen = new TreeMap<>();
        for (long index = 0; index < TWO.count(); index++) {
            AceWorkload workload = TWO.workload(index);
            String text = new TreeSet<>(operations(workload.setUp())) + " " + operations(workload.steps());
            seen.put(text, workload.name());
        }
        for (String text : seen.keySet()) {
            String directories = text.replace("/A", "/x").replace("/B", "/A").replace("/x", "/B");
            String other = seen.get(sortedSetUp(directories));
            assertTrue(other == null || directories.equals(text), () -> text + " and " + other);
        }
    }

    /** The set-up is a set in the text; exchanging names may change its order. */
    private static String sortedSetUp(String text) {
        int end = text.indexOf("] [");
        List<String> setUp = new ArrayList<>(List.of(text.substring(1, end).split(", ", -1)));
        setUp.sort(null);
        return setUp + text.substring(end + 1);
    }

    private static List<String> operations(List<Step> steps) {
        return steps.stream().map(step -> step.operation().text()).toList();
    }

    @Property(tries = 300, seed = "1")
    void everyOperationSucceedsWhereItStands(@ForAll @LongRange(max = 22_947_523) long index) {
        AceWorkload workload = THREE.workload(index % THREE.count());
        Model model = Model.empty();
        List<Step> steps = new ArrayList<>(workload.setUp());
        steps.addAll(workload.steps());
        for (Step step : steps) {
            Transition transition = model.apply(step.number(), step.operation());
            assertFalse(
                    transition.expected() instanceof Result.Failed,
                    () -> workload.name() + " " + steps + ": " + step + " gives "
                            + transition.expected().text());
            model = transition.next();
        }
    }

    @Property(tries = 100, seed = "2")
    void lastOperationAsksForPersistenceOrUnmounts(@ForAll @LongRange(max = 48_970) long index) {
        Operation last = TWO.workload(index).steps().getLast().operation();
        assertTrue(
                last instanceof Operation.Unmount
                        || last instanceof Operation.Sync
                        || last instanceof Operation.Fsync
                        || last instanceof Operation.Fdatasync,
                last::text);
    }

    @Test
    void numbersBeyondTheCountAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ONE.workload(132));
        assertThrows(IllegalArgumentException.class, () -> ONE.workload(-1));
        assertThrows(IllegalArgumentException.class, () -> new AceSpace(0));
    }
}
