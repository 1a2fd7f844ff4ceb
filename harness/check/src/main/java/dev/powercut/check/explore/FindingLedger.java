package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what oracles say: one finding for each fingerprint, with the example at the smallest position.
 *
 * <p>What is wrong with one crash image is mostly wrong with the next ones too, until some write mends it. So what is judged right
 * after an image that the same oracle had the same against belongs to the same finding: the fingerprint is that of the image where
 * it began.
 */
final class FindingLedger {

    /** A stretch of images with the same wrong: where it has come to, and the fingerprint of its beginning. */
    private record Episode(int lastTurn, String fingerprint) {}

    private final Fingerprints fingerprints;
    private final Map<String, Episode> episodes = new LinkedHashMap<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    /** For each fingerprint the image that was counted last, so that an image counts once. */
    private final Map<String, Integer> countedLast = new LinkedHashMap<>();

    FindingLedger(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    /**
     * Enters charges against a crash state.
     *
     * @param turn number of what is judged, in the order of judging at this stage
     * @param images how many crash images led to what is judged
     */
    void enter(List<OraclePanel.Charge> charges, int turn, int imageNumber, CutPoint cut, int position, int images) {
        enter(charges, turn, imageNumber, cut, position, images, List.of());
    }

    /** @param recoveryCuts where the power failed again */
    void enter(
            List<OraclePanel.Charge> charges,
            int turn,
            int imageNumber,
            CutPoint cut,
            int position,
            int images,
            List<Finding.RecoveryCut> recoveryCuts) {
        for (OraclePanel.Charge charge : charges) {
            enter(charge, fingerprint(charge, turn, cut), imageNumber, cut, position, images, recoveryCuts);
        }
    }

    private String fingerprint(OraclePanel.Charge charge, int turn, CutPoint cut) {
        String fingerprint = fingerprints.of(charge.oracle().name(), charge.stage(), charge.violation(), cut);
        if (charge.stage() == Evidence.Stage.COMPARISON) {
            return fingerprint;
        }
        String wrong = charge.oracle().name() + "/" + charge.stage() + "/"
                + charge.violation().kind();
        Episode before = episodes.get(wrong);
        String beginning = before != null && before.lastTurn + 1 >= turn ? before.fingerprint : fingerprint;
        episodes.put(wrong, new Episode(turn, beginning));
        return beginning;
    }

    private void enter(
            OraclePanel.Charge charge,
            String fingerprint,
            int imageNumber,
            CutPoint cut,
            int position,
            int images,
            List<Finding.RecoveryCut> recoveryCuts) {
        String oracle = charge.oracle().name();
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
                            null,
                            recoveryCuts));
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
