package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ProblemReport;
import dev.powercut.targets.ext.journal.RecoveryReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run of fsck found and did. */
public final class FsckReport extends ProblemReport<Problem> {

    private final boolean skipped;
    private final int sectorsWritten;
    private final @Nullable RecoveryReport recovery;

    FsckReport(
            List<Problem> problems,
            int exitCode,
            boolean skipped,
            int sectorsWritten,
            @Nullable RecoveryReport recovery) {
        super(problems, exitCode);
        this.recovery = recovery;
        this.skipped = skipped;
        this.sectorsWritten = sectorsWritten;
    }

    /** True when the image was marked clean and nothing was looked at. */
    public boolean skipped() {
        return skipped;
    }

    /** Sectors that the repair wrote. */
    public int sectorsWritten() {
        return sectorsWritten;
    }

    /** What recovery from the journal did before; null when none was due. */
    public @Nullable RecoveryReport recovery() {
        return recovery;
    }
}
