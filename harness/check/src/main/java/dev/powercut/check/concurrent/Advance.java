package dev.powercut.check.concurrent;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.workload.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a call does.
 *
 * @param model after it
 * @param next what is left of the call; null when it has ended
 * @param agrees whether what it ended with is what it came back with in truth
 * @param expected what it should have come back with, once it has ended
 * @param effects what it changed and promised
 */
record Advance(
        Model model,
        @Nullable Progress next,
        boolean agrees,
        @Nullable Result expected,
        List<Effect> effects) {

    static Advance to(Model model, Progress next) {
        return new Advance(model, next, true, null, List.of());
    }
}
