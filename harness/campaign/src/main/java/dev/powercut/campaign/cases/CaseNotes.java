package dev.powercut.campaign.cases;

import java.util.ArrayList;
import java.util.List;

/** In what a replay differs from what its case says, in words: told whatever comes of the replay. */
final class CaseNotes {

    private final Case saved;

    CaseNotes(Case saved) {
        this.saved = saved;
    }

    /** Of a replay. */
    List<String> of(CaseResult result, ChoiceUse choices) {
        List<String> notes = new ArrayList<>();
        if (!result.exact() && saved.place() != null) {
            notes.add(why(saved, result.hashes()) + "; all crash states of its workload were judged instead");
        } else if (saved.hashes().contradict(result.hashes())) {
            notes.add(trace(result.hashes()) + (result.exact() ? ", though it leaves the same crash state" : ""));
        }
        String recovered = saved.hashes().recoveredImage();
        if (result.exact()
                && !recovered.isEmpty()
                && !result.hashes().recoveredImage().isEmpty()
                && !recovered.equals(result.hashes().recoveredImage())) {
            notes.add("recovery leaves another image than recorded: " + recovered + " then, "
                    + result.hashes().recoveredImage() + " now");
        }
        if (result.outcome() == CaseResult.Outcome.FOUND && saved.expected() instanceof Case.Expected.Found found) {
            String shape = CaseStory.shape(
                    found.oracle(), found.kind(), saved.scenario().steps());
            if (!shape.equals(found.fingerprint())) {
                notes.add("the case calls it " + found.fingerprint() + ", and it is " + shape);
            }
        }
        notes.addAll(ChoiceUse.notes(choices.withoutEffect()));
        return notes;
    }

    /** Of a recording alone. */
    List<String> of(Case.Hashes hashes, ChoiceUse choices) {
        List<String> notes = new ArrayList<>();
        if (saved.hashes().contradict(hashes)) {
            notes.add(trace(hashes));
        }
        notes.addAll(ChoiceUse.notes(choices.withoutEffect()));
        return notes;
    }

    private String trace(Case.Hashes now) {
        return "the workload does not go as recorded: the trace was "
                + saved.hashes().trace() + " and is " + now.trace();
    }

    /** Why what was recorded is not what is there now. */
    static String why(Case saved, Case.Hashes now) {
        if (saved.hashes().trace().isEmpty()) {
            return "the case does not say what it recorded (its trace is empty)";
        }
        return saved.hashes().contradict(now)
                ? "the target no longer writes what the case recorded, or the case was changed"
                : "recovery no longer writes what the case recorded";
    }
}
