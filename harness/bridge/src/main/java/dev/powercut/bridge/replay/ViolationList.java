package dev.powercut.bridge.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Violations, each sentence of a check once. */
final class ViolationList {

    private final Map<String, ReplayViolation> violations = new LinkedHashMap<>();
    private final Map<String, Integer> countedLast = new LinkedHashMap<>();

    /** Enters what is wrong with an image; images come in ascending order within a check. */
    void add(String check, String sentence, String cut, int imageNumber, List<String> lines) {
        String key = check + "\n" + sentence;
        ReplayViolation known = violations.get(key);
        if (known == null) {
            violations.put(key, new ReplayViolation(check, sentence, cut, imageNumber, 1, lines));
        } else if (countedLast.getOrDefault(key, -1) != imageNumber) {
            violations.put(key, known.occurringOnceMore());
        }
        countedLast.put(key, imageNumber);
    }

    List<ReplayViolation> all() {
        return List.copyOf(violations.values());
    }
}
