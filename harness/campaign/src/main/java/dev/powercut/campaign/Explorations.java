package dev.powercut.campaign;

import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.ReportTable.Row;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.check.explore.EpochCoverage;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.OracleTally;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.sim.Trace;
import dev.powercut.sim.disk.CrashModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was explored of one recording under one crash model or several, in numbers. */
final class Explorations {

    /** Of the epochs that were not sampled so many are shown, those with most states. */
    private static final int COMPLETE_EPOCHS_SHOWN = 20;

    private final RunConfiguration configuration;
    private final FileSystemTarget target;
    private final Recording recording;
    private final List<ModelRun> runs;

    Explorations(RunConfiguration configuration, FileSystemTarget target, Recording recording, List<ModelRun> runs) {
        this.configuration = configuration;
        this.target = target;
        this.recording = recording;
        this.runs = runs;
    }

    /** All models together, with the oracles that judge a recording as a whole. */
    Exploration sum(OracleLine live, OracleLine repetition) {
        return exploration(runs, List.of(live), List.of(repetition));
    }

    /** One part for each model when there are several. */
    List<ModelPart> parts() {
        List<ModelPart> parts = new ArrayList<>();
        for (ModelRun run : runs) {
            if (runs.size() > 1) {
                RunConfiguration alone = configuration.withCrash(run.model().name());
                parts.add(new ModelPart(
                        run.model().name(),
                        "crash model " + run.model().name()
                                + (isDeclared(run.model()) ? "" : ", which the target does not declare to withstand"),
                        run.verdict().stopped() ? "stopped before its end" : null,
                        CommandLines.run(alone, target.externalJudge()),
                        exploration(List.of(run), List.of(), List.of()),
                        run.findings().stream()
                                .map(Finding::fingerprint)
                                .distinct()
                                .toList()));
            }
        }
        return parts;
    }

    private boolean isDeclared(CrashModel model) {
        return target.guarantees(configuration.mountOptions()).withstands(model.name());
    }

    /** The coverage by epoch. */
    List<ReportTable> tables() {
        List<Row> rows = new ArrayList<>();
        for (ModelRun run : runs) {
            List<EpochCoverage> epochs = new ArrayList<>(run.verdict().states().coverage());
            epochs.sort(Comparator.comparingDouble(EpochCoverage::bits).reversed());
            int complete = 0;
            for (EpochCoverage epoch : epochs) {
                if (!epoch.isComplete() || complete++ < COMPLETE_EPOCHS_SHOWN) {
                    rows.add(Row.of(
                            epoch.isComplete() ? Mark.NONE : Mark.CAUTION,
                            run.model().name(),
                            Integer.toString(epoch.epoch()),
                            epoch.firstPosition() + " to " + epoch.lastPosition(),
                            epoch.text().substring(epoch.text().indexOf(':') + 2)));
                }
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        return List.of(new ReportTable(
                "Coverage",
                "How many states of each flush epoch were examined: of those that were sampled, and of the largest others.",
                List.of("crash model", "epoch", "positions", "states"),
                rows));
    }

    private Exploration exploration(List<ModelRun> some, List<OracleLine> before, List<OracleLine> after) {
        Statistics statistics = new Statistics(recording);
        Trace trace = new Trace();
        trace.step("recording", recording.traceHash(), recording.log().size());
        long crashStates = 0;
        long distinct = 0;
        List<OracleLine> oracles = new ArrayList<>(before);
        List<OracleLine> judges = new ArrayList<>();
        for (ModelRun run : some) {
            Verdict verdict = run.verdict();
            statistics.countCuts(verdict.states());
            trace.step("exploration", verdict.traceHash(), verdict.imagesExamined());
            crashStates += verdict.states().stateCount();
            distinct += verdict.imagesExamined();
            for (OracleTally tally : verdict.tallies()) {
                oracles.add(new OracleLine(tally.name(), tally.claim(), tally.judged(), tally.violations()));
            }
            if (run.judged().line() != null) {
                judges.add(run.judged().line());
            }
        }
        oracles.addAll(after);
        oracles.addAll(judges);
        List<Coverage> coverages = some.stream()
                .map(run -> Coverage.of(run.model(), run.verdict()))
                .toList();
        return new Exploration(
                Coverage.words(coverages),
                1,
                statistics.operations(),
                recording.log().size(),
                statistics.writes(),
                statistics.sectors(),
                statistics.flushes(),
                crashStates,
                distinct,
                trace.hex(),
                added(oracles),
                statistics.operationKinds(),
                statistics.blockKinds(),
                coverages);
    }

    private static List<OracleLine> added(List<OracleLine> lines) {
        Map<String, OracleLine> sums = new LinkedHashMap<>();
        for (OracleLine line : lines) {
            sums.merge(
                    line.name(),
                    line,
                    (x, y) -> new OracleLine(
                            x.name(), x.claim(), x.judged() + y.judged(), x.violations() + y.violations()));
        }
        return List.copyOf(sums.values());
    }
}
