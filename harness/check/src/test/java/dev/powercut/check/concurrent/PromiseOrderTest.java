package dev.powercut.check.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.powercut.check.model.Effect;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which orders of calls promise the same. */
final class PromiseOrderTest {

    private static final PromiseOrder NAMES_IN_ANY_ORDER = PromiseOrder.of(guarantees(false));
    private static final PromiseOrder NAMES_IN_ORDER = PromiseOrder.of(guarantees(true));

    private static Guarantees guarantees(boolean operationsPersistInOrder) {
        return new Guarantees(true, true, false, operationsPersistInOrder, 1, List.of());
    }

    private static PromiseOrder with(PromiseOrder before, int number, Effect... effects) {
        Call call = new Call(0, new Step(number, new Operation.Sync()), number, number);
        return before.after(call, List.of(effects));
    }

    private static long inOrder(PromiseOrder before, Effect first, Effect second) {
        int one = first.hashCode() & 0xFFFF;
        int other = second.hashCode() & 0xFFFF;
        return with(with(before, one, first), other, second).digest();
    }

    private static boolean commute(PromiseOrder before, Effect one, Effect other) {
        return inOrder(before, one, other) == inOrder(before, other, one);
    }

    @Test
    void changesOfDifferentFilesMayChangePlaces() {
        Effect write = new Effect.SizeSet(3, 10);
        assertEquals(true, commute(NAMES_IN_ANY_ORDER, write, new Effect.SizeSet(4, 10)));
        assertEquals(true, commute(NAMES_IN_ORDER, write, new Effect.ModeSet(4, 0600)));
        assertEquals(false, commute(NAMES_IN_ANY_ORDER, write, new Effect.ModeSet(3, 0600)));
    }

    @Test
    void promiseOfOneFileMayChangePlacesWithChangesOfOthersOnly() {
        Effect promise = new Effect.Synced(3, true);
        assertEquals(true, commute(NAMES_IN_ANY_ORDER, promise, new Effect.SizeSet(4, 10)));
        assertEquals(false, commute(NAMES_IN_ANY_ORDER, promise, new Effect.SizeSet(3, 10)));
    }

    @Test
    void promiseOfAllHasItsPlaceAmongAllChanges() {
        assertEquals(false, commute(NAMES_IN_ANY_ORDER, new Effect.AllSynced(), new Effect.SizeSet(3, 10)));
        long changedBefore = inOrder(NAMES_IN_ANY_ORDER, new Effect.SizeSet(3, 10), new Effect.AllSynced());
        assertNotEquals(inOrder(NAMES_IN_ANY_ORDER, new Effect.SizeSet(4, 10), new Effect.AllSynced()), changedBefore);
    }

    @Test
    void namesInDifferentDirectoriesMayChangePlacesUnlessNamesPersistInOrder() {
        Effect one = new Effect.EntrySet(1, "a", 3);
        Effect other = new Effect.EntrySet(2, "b", 4);
        assertEquals(true, commute(NAMES_IN_ANY_ORDER, one, other));
        assertEquals(false, commute(NAMES_IN_ORDER, one, other));
        assertEquals(false, commute(NAMES_IN_ANY_ORDER, one, new Effect.EntrySet(1, "b", 4)));
        assertEquals(false, commute(NAMES_IN_ANY_ORDER, one, new Effect.EntrySet(2, "b", 3)));
    }
}
