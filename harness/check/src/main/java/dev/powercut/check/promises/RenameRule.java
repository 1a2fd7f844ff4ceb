package dev.powercut.check.promises;

import java.util.List;

/**
 * A rename that is declared atomic leaves the old name, the new one, or both.
 *
 * <p>For each rename from cell s to cell t: when what stands in s can only be explained by the rename or something after it, what
 * stands in t must be so, too. Renames may follow each other through the same cells, so each cell has a lower bound, first its
 * earliest legal explanation, which the renames raise until nothing changes: if a bound finds no explanation left, no way of
 * reading the tree keeps the rule, and only then is it broken.
 */
final class RenameRule {

    private final Promises promises;
    private final Cut cut;
    private final Findings findings;
    private final Sightings sightings;

    /** By cell: stamp of the earliest explanation that is still possible. */
    private final int[] bounds;

    RenameRule(Promises promises, Cut cut, Findings findings, Sightings sightings) {
        this.promises = promises;
        this.cut = cut;
        this.findings = findings;
        this.sightings = sightings;
        this.bounds = new int[promises.entryCellCount];
    }

    void judge() {
        if (promises.renames.isEmpty()) {
            return;
        }
        for (int i = 0; i < promises.renames.size(); i++) {
            RenameRecord rename = promises.renames.get(i);
            if (applies(rename)) {
                bounds[rename.from().index] = earliest(rename.from());
                bounds[rename.to().index] = earliest(rename.to());
            }
        }
        boolean raised = true;
        while (raised) {
            raised = false;
            for (int i = 0; i < promises.renames.size(); i++) {
                RenameRecord rename = promises.renames.get(i);
                int stamp = EntryCell.stamp(rename.operation());
                if (applies(rename) && bounds[rename.from().index] >= stamp && bounds[rename.to().index] < stamp) {
                    int version = sightings.firstFrom(rename.to(), stamp);
                    raised = true;
                    bounds[rename.to().index] = version == Sightings.NO_VERSION
                            ? Integer.MAX_VALUE
                            : rename.to().stampOf(version);
                    if (version == Sightings.NO_VERSION) {
                        neither(rename);
                    }
                }
            }
        }
    }

    private boolean applies(RenameRecord rename) {
        return rename.operation() < cut.begun() && sightings.isSeen(rename.from()) && sightings.isSeen(rename.to());
    }

    private int earliest(EntryCell cell) {
        int version = sightings.firstFrom(cell, Integer.MIN_VALUE);
        return cell.stampOf(version);
    }

    private void neither(RenameRecord rename) {
        String from = findings.path(rename.from());
        String to = findings.path(rename.to());
        findings.add(
                Violation.Kind.NEITHER_OLD_NOR_NEW,
                to,
                List.of("what was renamed, as " + from, "what was renamed, as " + to),
                "neither",
                "rename is atomic: " + promises.timeline.text(rename.operation()),
                rename.operation());
    }
}
