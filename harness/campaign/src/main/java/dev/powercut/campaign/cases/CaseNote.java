package dev.powercut.campaign.cases;

import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.SmallFinding.WriteLine;

/** The note beside a case, in Markdown: the same story as on the screen. */
public final class CaseNote {

    private CaseNote() {}

    /** @param title what the case is about, one line */
    public static String of(String title, Case saved, SmallFinding story) {
        StringBuilder note = new StringBuilder("# " + title + "\n\n");
        if (saved.expected() instanceof Case.Expected.Found found) {
            note.append(found.fingerprint())
                    .append("\n\n")
                    .append(found.sentence())
                    .append("\n\n");
        }
        for (String line : story.workload()) {
            note.append("    ").append(line).append('\n');
        }
        note.append('\n');
        for (WriteLine line : story.writes()) {
            note.append("    ").append(line.fate()).append("  ").append(line.text());
            note.append(line.missing() ? "  <- missing" : "").append('\n');
        }
        note.append('\n');
        for (String line : story.why()) {
            note.append(line).append('\n');
        }
        return note.toString();
    }
}
