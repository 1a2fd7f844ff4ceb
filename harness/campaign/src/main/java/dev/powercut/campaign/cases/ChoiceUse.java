package dev.powercut.campaign.cases;

import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.ChoiceRecorder;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Watches a run for whether anybody asks for the single choices that a case names, and whether they are among what can be chosen. */
public final class ChoiceUse implements ChoiceRecorder {

    private final Map<String, ChoiceOverride> unasked = new LinkedHashMap<>();
    private final List<String> tooLarge = new ArrayList<>();

    public ChoiceUse(List<ChoiceOverride> named) {
        named.forEach(choice -> unasked.put(place(choice.path(), choice.index()), choice));
    }

    @Override
    public void drawn(Choices stream, int index, String kind, int bound, int value) {
        if (unasked.isEmpty()) {
            return;
        }
        String place = place(stream.path(), index);
        ChoiceOverride choice = unasked.remove(place);
        if (choice != null && choice.value() >= bound) {
            tooLarge.add(place + "=" + choice.value() + " (the values are 0 to " + (bound - 1) + ")");
        }
    }

    private static String place(String path, int index) {
        return path + "#" + index;
    }

    /** The choices that nobody made, or that were made out of fewer than they say, in words; once the run has ended. */
    public List<String> withoutEffect() {
        List<String> words = new ArrayList<>(tooLarge);
        unasked.forEach((place, choice) -> words.add(place + "=" + choice.value() + " (nobody asks for it)"));
        return words;
    }

    /** Such words as a note, a line; none when there are none. */
    public static List<String> notes(List<String> words) {
        return words.isEmpty()
                ? List.of()
                : List.of("of the choices of the case these are without effect: " + String.join(", ", words));
    }
}
