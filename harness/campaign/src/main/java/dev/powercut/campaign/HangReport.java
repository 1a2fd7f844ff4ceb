package dev.powercut.campaign;

import dev.powercut.campaign.CpuWatch.Hang;
import dev.powercut.campaign.FindingReport.LogExcerpt;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.target.FileSystemTarget;
import java.util.List;

/** The report of a target that hangs: what else was found by then is lost with the thread that never comes back. */
public final class HangReport {

    /** The workload of a run that repeats, or makes small, what a case says. */
    public static final String CASE = "case";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private HangReport() {}

    /** The run that a watch is told of by what repeats, or makes small, a case of a target. */
    public static RunConfiguration ofCase(String target) {
        return RunConfiguration.of(target, 1).withWorkload(CASE);
    }

    public static RunReport of(Hang hang, FileSystemTarget target) {
        RunConfiguration run = hang.run();
        String reproduce =
                run.workload().equals(CASE) ? "the same command again" : CommandLines.run(run, target.externalJudge());
        FindingReport finding = new FindingReport(
                LiveOracle.NAME,
                "hang",
                Grade.POSIX,
                "the target hangs: for " + VerdictLine.counted(hang.limitNanos() / NANOS_PER_SECOND, "second")
                        + " of processor time it has neither ended nor asked for anything",
                "every call, recovery and check comes to its end",
                LiveOracle.NAME + "/hang",
                1,
                "somewhere in this run; where, the stack says",
                List.of(),
                new LogExcerpt(List.of(), null, 0, 0),
                List.of(),
                hang.stack(),
                reproduce);
        Exploration explored = new Exploration(
                "stopped where the target hangs",
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "0",
                List.of(),
                List.of(),
                List.of(),
                List.of());
        RunReport report = new RunReport(
                target.name() + " hangs",
                "",
                "the target hangs: what other runs found is not in this report",
                reproduce,
                List.of(new Fact("target", target.name()), new Fact("workload", run.workload())),
                explored,
                List.of(finding),
                0);
        return report.withVerdict(VerdictLine.of(report, false));
    }
}
