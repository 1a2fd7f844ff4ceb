package dev.powercut.campaign;

import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Verdict;
import dev.powercut.sim.disk.CrashModel;
import java.util.List;

/**
 * A recording explored under one crash model.
 *
 * @param judged what the external judge said
 * @param findings of both, graded
 */
record ModelRun(CrashModel model, Verdict verdict, JudgeSession.Result judged, List<Finding> findings) {
    ModelRun {
        findings = List.copyOf(findings);
    }
}
