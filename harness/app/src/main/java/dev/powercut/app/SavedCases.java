package dev.powercut.app;

import dev.powercut.campaign.OutputException;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.cases.Case;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.cases.CaseNote;
import java.io.IOException;
import java.nio.file.Path;

/** Saves cases in folders of their own. */
final class SavedCases {

    private SavedCases() {}

    /** @throws OutputException when it cannot be written */
    static Path write(Path folder, String title, Case saved, SmallFinding story) {
        try {
            return CaseFile.write(folder, saved, CaseNote.of(title, saved, story));
        } catch (IOException e) {
            throw OutputFolder.caseNotWritten(folder, e);
        }
    }
}
