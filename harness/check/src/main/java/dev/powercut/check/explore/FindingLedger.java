package dev.powercut.check.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what oracles say: one finding for each fingerprint, with the example at the smallest position. */
final class FindingLedger {

    private final Fingerprints fingerprints;
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    /** For each fingerprint the image that was counted last, so that an image counts once. */
    private final Map<String, Integer> countedLast = new LinkedHashMap<>();

    FindingLedger(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    /** Enters charges against a crash state; {@code images} crash images led to what is judged. */
    void enter(List<OraclePanel.Charge> charges, int imageNumber, CutPoint cut, int position, int images) {
        for (OraclePanel.Charge charge : charges) {
            enter(charge, imageNumber, cut, position, images);
        }
    }

    private void enter(OraclePanel.Charge charge, int imageNumber, CutPoint cut, int position, int images) {
        String oracle = charge.oracle().name();
        String fingerprint = fingerprints.of(oracle, charge.stage(), charge.violation(), cut);
        boolean counted = Integer.valueOf(imageNumber).equals(countedLast.put(fingerprint, imageNumber));
        Finding known = findings.get(fingerprint);
        long occurrences = (known == null ? 0 : known.occurrences()) + (counted ? 0 : images);
        if (known == null || position < known.position()) {
            findings.put(
                    fingerprint,
                    new Finding(
                            oracle,
                            fingerprint,
                            charge.violation(),
                            charge.stage(),
                            imageNumber,
                            cut,
                            position,
                            occurrences,
                            null));
        } else if (!counted) {
            findings.put(fingerprint, known.occurring(occurrences));
        }
    }

    /** All findings, the one at the smallest position first. */
    List<Finding> findings() {
        List<Finding> sorted = new ArrayList<>(findings.values());
        sorted.sort(Comparator.comparingInt(Finding::position).thenComparing(Finding::fingerprint));
        return sorted;
    }
}
