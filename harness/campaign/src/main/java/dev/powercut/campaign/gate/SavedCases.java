package dev.powercut.campaign.gate;

import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.ReportTable.Row;
import dev.powercut.campaign.cases.CaseResult;
import dev.powercut.campaign.cases.Corpus.Checked;
import dev.powercut.campaign.concurrent.ConcurrentCorpus;
import java.util.ArrayList;
import java.util.List;

/** What became of saved cases, as a table. */
final class SavedCases {

    private static final String TITLE = "Saved cases";

    private SavedCases() {}

    static ReportTable table(List<Checked> all, List<ConcurrentCorpus.Checked> atOnce) {
        List<Row> rows = new ArrayList<>();
        for (Checked one : all) {
            CaseResult result = one.result();
            boolean withDefectWrong = !result.outcome().isAsExpected();
            CaseResult other = one.withoutDefect();
            String words = result.outcome().words()
                    + (result.exact() ? "" : ", in another crash state")
                    + (other == null
                            ? ""
                            : "; without the defect: " + other.outcome().words());
            String sentence =
                    withDefectWrong || other == null || other.outcome().isAsExpected()
                            ? result.sentence()
                            : other.sentence();
            rows.add(Row.of(
                    one.isAsExpected() ? Mark.GOOD : Mark.BAD,
                    one.entry().name(),
                    words,
                    noted(sentence, result.notes())));
        }
        for (ConcurrentCorpus.Checked one : atOnce) {
            rows.add(Row.of(
                    one.isAsExpected() ? Mark.GOOD : Mark.BAD,
                    one.entry().name(),
                    one.words(),
                    noted(one.sentence(), one.result().contradictions())));
        }
        return new ReportTable(
                TITLE,
                "Each was replayed exactly; one that no longer says anything (stale) is wrong, too.",
                List.of("Case", "Outcome", "In words"),
                rows);
    }

    /** With what else differs from what the case says. */
    private static String noted(String sentence, List<String> notes) {
        return notes.isEmpty() ? sentence : sentence + "; note: " + String.join("; ", notes);
    }
}
