package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.cases.CaseResult.Outcome;
import dev.powercut.campaign.concurrent.ConcurrentReplay.Replayed;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.Trouble;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What replaying a saved schedule came to: {@link ScheduleJudge} decides it, for all commands alike.
 *
 * @param outcome in a word
 * @param exact whether all went as it was saved
 * @param sentence for people
 * @param divergence where the run goes another way than the saved one, the first line for all, the rest for those who look closer;
 *     empty when it does not
 * @param notes in what the replay differs from what the case says besides, whatever came of it, a line each
 * @param replayed the saved schedule, run again
 * @param trouble what shows of what was expected, under the saved schedule or another; null when nothing does
 * @param elsewhere the other schedule that shows it, when the saved one does not; else null
 */
public record ScheduleResult(
        Outcome outcome,
        boolean exact,
        String sentence,
        List<String> divergence,
        List<String> notes,
        Replayed replayed,
        @Nullable Trouble trouble,
        @Nullable ConcurrentScenario elsewhere) {

    /** What is said where a run does not go as the saved one did. */
    private static final String ELSEWHERE = ", on another way than the saved one";

    public ScheduleResult {
        divergence = List.copyOf(divergence);
        notes = List.copyOf(notes);
    }

    /** For example {@code still found, on another way than the saved one}. */
    public String words() {
        return outcome.words() + way();
    }

    /** What is to be said behind the outcome when the run is not the saved one; else nothing. */
    public String way() {
        return exact || outcome == Outcome.STALE ? "" : ELSEWHERE;
    }

    /** All that differs from what the case says, in a line each. */
    public List<String> contradictions() {
        List<String> all = new ArrayList<>(divergence.isEmpty() ? List.of() : divergence.subList(0, 1));
        all.addAll(notes);
        return all;
    }

    /** Whether it comes out as it says, and nothing else differs from what it says. */
    public boolean isToTheLetter() {
        return outcome.isAsExpected() && exact && divergence.isEmpty() && notes.isEmpty();
    }
}
