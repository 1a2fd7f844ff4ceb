package dev.powercut.campaign.litmus;

import dev.powercut.campaign.CrashModels;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.Totals;
import dev.powercut.campaign.litmus.LitmusResult.Cell;
import dev.powercut.campaign.litmus.LitmusResult.Row;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.litmus.AllowedOutcomes;
import dev.powercut.check.litmus.LitmusOracle;
import dev.powercut.check.litmus.LitmusTest;
import dev.powercut.check.litmus.LitmusTests;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.workload.History;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs every litmus test in every column with several seeds: the seed picks the moments at which the kernel writes back by itself.
 */
public final class LitmusCampaign {

    private final RunConfiguration base;
    private final FileSystemTarget target;
    private final List<Oracle> oracles;
    private final List<LitmusColumn> columns;
    private final int seeds;

    /**
     * @param base disk, defect and budget of states of each run; its workload, crash model and mount options do not count
     * @param columns at least one
     */
    public LitmusCampaign(
            RunConfiguration base,
            FileSystemTarget target,
            List<Oracle> oracles,
            List<LitmusColumn> columns,
            int seeds) {
        this.base = base;
        this.target = target;
        this.oracles = List.copyOf(oracles);
        this.columns = List.copyOf(columns);
        this.seeds = seeds;
    }

    /**
     * A column.
     *
     * @throws dev.powercut.campaign.UsageException when there is no such crash model
     */
    public static LitmusColumn column(FileSystemTarget target, String crash, String mountOptions) {
        String name = CrashModels.of(crash).name();
        return new LitmusColumn(
                crash, mountOptions, target.guarantees(mountOptions).withstands(name));
    }

    /** Runs them, or those up to where the monitor stops it; an outcome that was not looked for then counts as not seen. */
    public LitmusResult run(RunMonitor monitor) {
        Totals totals = new Totals();
        List<Row> rows = new ArrayList<>();
        for (LitmusTest test : LitmusTests.all()) {
            List<List<Cell>> cellsOfColumn = new ArrayList<>();
            for (LitmusColumn column : columns) {
                cellsOfColumn.add(cells(test, column, totals, monitor));
            }
            for (int i = 0; i < test.outcomes().size(); i++) {
                List<Cell> cells = new ArrayList<>();
                for (List<Cell> column : cellsOfColumn) {
                    cells.add(column.get(i));
                }
                rows.add(new Row(
                        test.name(), test.question(), test.outcomes().get(i).words(), cells));
            }
        }
        return new LitmusResult(totals, columns, rows);
    }

    private List<Cell> cells(LitmusTest test, LitmusColumn column, Totals totals, RunMonitor monitor) {
        boolean[] allowed = new boolean[test.outcomes().size()];
        long[] seen = new long[allowed.length];
        for (int seed = 1; seed <= seeds && (!monitor.isStopped() || totals.isEmpty()); seed++) {
            RunConfiguration configuration = configuration(test, column, seed);
            Recording recording = new Run(configuration, target, oracles).record();
            History history = recording.history();
            Promises promises = recording.promises();
            List<Oracle> all = new ArrayList<>(oracles);
            LitmusOracle oracle = null;
            if (history != null && promises != null && history.mismatch() == null) {
                allowed = seed == 1 ? AllowedOutcomes.of(test, history, promises) : allowed;
                oracle = new LitmusOracle(test, allowed, test.whenDone() ? AllowedOutcomes.done(history) : 0);
                all.add(oracle);
            }
            totals.add(new Run(configuration, target, all).execute(RunMonitor.NONE));
            for (int i = 0; oracle != null && i < seen.length; i++) {
                seen[i] += oracle.seen()[i];
            }
        }
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < seen.length; i++) {
            cells.add(new Cell(allowed[i], seen[i]));
        }
        return cells;
    }

    private RunConfiguration configuration(LitmusTest test, LitmusColumn column, long seed) {
        return new RunConfiguration(
                base.target(),
                seed,
                RunConfiguration.LITMUS_PREFIX + test.name(),
                base.operations(),
                column.crash(),
                base.defect(),
                base.format(),
                column.mountOptions(),
                RunConfiguration.Judging.NONE,
                base.states());
    }
}
