package dev.powercut.targets.logfs.fsck;

import dev.powercut.check.image.ProblemReport;
import java.util.List;

/** What a run of fsck found and did; the problems are those of the image with its log rolled forward. */
public final class FsckReport extends ProblemReport<Problem> {

    private final int rolledGroups;
    private final int blocksWritten;

    FsckReport(List<Problem> problems, int exitCode, int rolledGroups, int blocksWritten) {
        super(problems, exitCode);
        this.rolledGroups = rolledGroups;
        this.blocksWritten = blocksWritten;
    }

    /** Groups of partial writes behind the checkpoint that take effect: what a mount, or a repair, rolls forward. */
    public int rolledGroups() {
        return rolledGroups;
    }

    /** Blocks that the repair wrote. */
    public int blocksWritten() {
        return blocksWritten;
    }
}
