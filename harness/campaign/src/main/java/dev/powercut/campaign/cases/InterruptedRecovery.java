package dev.powercut.campaign.cases;

import dev.powercut.check.explore.Examination;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;

/**
 * A recovery during which the power failed again.
 *
 * @param log what it writes
 * @param cut where it was cut, and what of it reached the medium
 * @param missing index of the write without which the finding shows and with which it does not; -1 when there is none
 */
record InterruptedRecovery(WriteLog log, Finding.RecoveryCut cut, int missing) {

    /** The recoveries that were cut for a finding; the missing write is one of the last. */
    static List<InterruptedRecovery> of(Bench bench, Recording recording, Finding finding) {
        Examination examination = bench.explorer().examination(recording);
        List<Finding.RecoveryCut> cuts = finding.recoveryCuts();
        List<WriteLog> logs =
                examination.recoveries(recording.log().image(finding.cut().kept()), cuts);
        List<InterruptedRecovery> all = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) {
            int missing = i + 1 < cuts.size()
                    ? -1
                    : examination.missingOfRecovery(
                            logs.get(i),
                            cuts.get(i),
                            finding.position(),
                            finding.oracle(),
                            finding.violation().kind());
            all.add(new InterruptedRecovery(logs.get(i), cuts.get(i), missing));
        }
        return all;
    }
}
