package dev.powercut.campaign.selftest;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.Search;
import dev.powercut.campaign.Workers;
import dev.powercut.campaign.selftest.DefectRow.Attempt;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.PlantedDefect;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Seeks every planted defect, and something wrong where nothing is planted. */
public final class SelfTest {

    /** Short workloads, and not too many states of each: a defect is found sooner in the next one. */
    private static final int OPERATIONS = 60;

    private static final int STATES_PER_RUN = 800;

    /** Searches begin so far apart that none comes to the seeds of the next. */
    private static final long SEEDS_APART = 1_000_000;

    private final List<FileSystemTarget> targets;
    private final List<Oracle> oracles;
    private final int workers;

    public SelfTest(List<FileSystemTarget> targets, List<Oracle> oracles, int workers) {
        this.targets = List.copyOf(targets);
        this.oracles = List.copyOf(oracles);
        this.workers = workers;
    }

    /** Called when a piece is done; by any worker's thread. */
    public interface Monitor extends RunMonitor {
        default void pieceDone() {}
    }

    /** What a defect is sought with, itself aside. */
    private record Configuration(
            FileSystemTarget target,
            String crash,
            String mountOptions,
            @Nullable FormatRequest format) {}

    private record Sought(FileSystemTarget target, PlantedDefect defect) {}

    /** How many times {@link Monitor#pieceDone} will be called. */
    public int pieces() {
        return sought().size() + configurations().size();
    }

    /** Does it. */
    public SelfTestOutcome run(Effort effort, String command, Monitor monitor) {
        List<CorrectRow> correct = Workers.map(configurations(), workers, configuration -> {
            CorrectRow row = correct(configuration, effort, monitor);
            monitor.pieceDone();
            return row;
        });
        List<DefectRow> defects = Workers.map(sought(), workers, one -> {
            DefectRow row = seek(one, effort, monitor);
            monitor.pieceDone();
            return row;
        });
        return new SelfTestOutcome(effort, defects, correct, command, monitor.isStopped());
    }

    private List<Sought> sought() {
        List<Sought> sought = new ArrayList<>();
        for (FileSystemTarget target : targets) {
            target.defects().forEach(defect -> sought.add(new Sought(target, defect)));
        }
        return sought;
    }

    /** Every crash model, mount options and format with which a defect is sought, since a false alarm there would pass for its finding. */
    private List<Configuration> configurations() {
        Set<Configuration> configurations = new LinkedHashSet<>();
        for (FileSystemTarget target : targets) {
            configurations.add(new Configuration(target, RunConfiguration.DEFAULT_CRASH, "", null));
            for (PlantedDefect defect : target.defects()) {
                configurations.add(
                        new Configuration(target, defect.crashModel(), defect.mountOptions(), defect.format()));
            }
        }
        return List.copyOf(configurations);
    }

    private CorrectRow correct(Configuration configuration, Effort effort, RunMonitor monitor) {
        RunConfiguration plain =
                run(configuration.target).withCrash(configuration.crash).withMountOptions(configuration.mountOptions);
        RunConfiguration run = configuration.format == null ? plain : plain.withFormat(configuration.format);
        Search search = Search.of(run, configuration.target, oracles, effort.correctStates(), monitor);
        return new CorrectRow(
                configuration.target.name(),
                configuration.crash,
                configuration.mountOptions,
                configuration.format,
                search);
    }

    private static RunConfiguration run(FileSystemTarget target) {
        return RunConfiguration.of(target.name(), 1)
                .withOperations(OPERATIONS)
                .withJudge(Judging.NONE)
                .withStates(STATES_PER_RUN);
    }

    private DefectRow seek(Sought sought, Effort effort, RunMonitor monitor) {
        PlantedDefect defect = sought.defect;
        RunConfiguration run = run(sought.target).with(defect);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < effort.searches() && !monitor.isStopped(); i++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Search search = Search.of(
                    run.withSeed(1 + i * SEEDS_APART), sought.target, oracles, effort.searchStates(), monitor);
            long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            attempts.add(new Attempt(foundBy(search.findings()), search.states(), after - before));
        }
        return new DefectRow(sought.target.name(), defect, attempts);
    }

    private static String foundBy(List<FindingReport> findings) {
        if (findings.isEmpty()) {
            return "";
        }
        FindingReport first = findings.getFirst();
        return first.oracle() + "/" + first.kind();
    }
}
