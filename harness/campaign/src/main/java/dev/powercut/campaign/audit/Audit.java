package dev.powercut.campaign.audit;

import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.Search;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.Workers;
import dev.powercut.campaign.gate.GatePlan;
import dev.powercut.campaign.gate.GatePlan.PlannedExploration;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.FileSystemTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Switches off one barrier after the other. */
public final class Audit {

    private final FileSystemTarget target;
    private final GatePlan plan;
    private final List<Oracle> oracles;
    private final int workers;

    /** @param plan what to do without each barrier: its budget is each barrier's */
    public Audit(FileSystemTarget target, GatePlan plan, List<Oracle> oracles, int workers) {
        this.target = target;
        this.plan = plan;
        this.oracles = List.copyOf(oracles);
        this.workers = workers;
    }

    /** Called when a barrier, or the run with all of them, is done; by any worker's thread. */
    public interface Monitor extends RunMonitor {
        default void audited(AuditRow row) {}
    }

    /**
     * Does it.
     *
     * @param barriers which of the target's, in the order in which to show them
     * @param command the command line that repeats all of it
     */
    public AuditOutcome run(List<Barrier> barriers, String command, Monitor monitor) {
        List<@Nullable Barrier> pieces = new ArrayList<>();
        // First with all barriers: what is found then proves nothing.
        pieces.add(null);
        pieces.addAll(barriers);
        List<AuditRow> rows = Workers.map(pieces, workers, barrier -> {
            AuditRow row = row(barrier, monitor);
            monitor.audited(row);
            return row;
        });
        return new AuditOutcome(target.name(), plan, rows, command, monitor.isStopped());
    }

    private AuditRow row(@Nullable Barrier barrier, RunMonitor monitor) {
        Exploration explored = null;
        for (PlannedExploration planned : plan.explorations()) {
            RunConfiguration run = planned.run()
                    .withDefect(barrier == null ? null : barrier.removed().name());
            Search search = planned.range() == null
                    ? Search.of(run, target, oracles, planned.states(), monitor)
                    : Search.of(run, planned.range(), target, oracles, planned.states(), monitor);
            if (search.explored() != null) {
                explored = explored == null ? search.explored() : Summary.sum(explored, search.explored());
            }
            if (search.hasFound()) {
                return new AuditRow(
                        barrier, explored, planned.name(), search.findings().getFirst());
            }
        }
        return new AuditRow(barrier, explored, "", null);
    }
}
