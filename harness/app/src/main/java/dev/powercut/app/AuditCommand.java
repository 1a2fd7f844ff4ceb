package dev.powercut.app;

import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Named;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.audit.Audit;
import dev.powercut.campaign.audit.AuditOutcome;
import dev.powercut.campaign.audit.AuditRow;
import dev.powercut.campaign.audit.AuditTable;
import dev.powercut.campaign.gate.GatePlan;
import dev.powercut.campaign.gate.GatePlan.PlannedExploration;
import dev.powercut.campaign.gate.GatePlanReader;
import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.FileSystemTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code powercut audit}: which barriers of a target are needed. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Switches off one site that orders writes or flushes after the other, and shows which are needed.",
        footer = {
            "",
            "Example: powercut audit --target ${example.target} --states 5000",
            "Kept in corpus/audit/TARGET.txt: powercut audit --target TARGET --table",
            "A site without which nothing is found is not shown to be needed; that does not prove that it is not.",
        })
final class AuditCommand implements Callable<Integer>, UserErrors.WritesReports {

    private static final long DEFAULT_STATES = 10_000;

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(names = "--target", required = true, paramLabel = "NAME", description = "Whose barriers.")
    private String target = "";

    @Option(
            names = "--barrier",
            paramLabel = "SITE",
            split = ",",
            description = "These sites only (default: all of the target's).")
    private List<String> barriers = List.of();

    @Option(
            names = "--states",
            paramLabel = "N",
            description =
                    "Examine at most N distinct crash states without each of them (default " + DEFAULT_STATES + ").")
    private long states = DEFAULT_STATES;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "What to explore (default: corpus/audit.json of this Powercut).")
    private @Nullable Path config;

    @Option(
            names = "--crash",
            paramLabel = "MODEL",
            description = "Explore with this crash model instead of what the config says.")
    private @Nullable String crash;

    @Option(
            names = "--mount-options",
            paramLabel = "OPTIONS",
            description = "Explore with these mount options instead of what the config says.")
    private @Nullable String mountOptions;

    @Option(
            names = "--table",
            description = "Print only what is known of each site, as text without counts, to keep beside the code.")
    private boolean table;

    @Mixin
    private BatchOptions batch = new BatchOptions();

    private @Nullable Path folder;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        FileSystemTarget audited = Installed.fileSystem(target);
        List<Barrier> chosen = chosen(audited);
        List<ReportFormat> formats = batch.formats();
        int workers = batch.workers();
        if (states < 1) {
            throw new UsageException("--states " + states + " is not at least 1");
        }
        GatePlan plan = plan().withStates(states);
        for (PlannedExploration exploration : plan.explorations()) {
            exploration.validate(audited, Installed.oracles());
        }
        Path out = batch.folder("audit-" + target);
        folder = out;
        try (Interruption interruption = new Interruption()) {
            OutputFolder.prepare(out);
            AuditOutcome outcome;
            try (AuditProgress progress =
                    new AuditProgress(terminal, interruption.watching(terminal, formats, out), chosen.size() + 1)) {
                outcome = new Audit(audited, plan, Installed.oracles(), workers).run(chosen, command(), progress);
            }
            ReportFiles.writeAndShow(outcome.report(), formats, out, files -> show(terminal, outcome, files));
            if (interruption.isStopped()) {
                return ExitCodes.INTERRUPTED;
            }
            return outcome.isVoid() ? ExitCodes.FINDINGS : ExitCodes.NOTHING_FOUND;
        }
    }

    private void show(Terminal terminal, AuditOutcome outcome, List<Path> files) {
        if (table) {
            AuditTable.lines(outcome).forEach(terminal.out()::println);
            terminal.out().flush();
        } else {
            new AuditScreen(terminal).show(outcome, files);
        }
    }

    private List<Barrier> chosen(FileSystemTarget audited) {
        if (audited.barriers().isEmpty()) {
            throw new UsageException("target " + target + " names no barriers that could be switched off");
        }
        if (barriers.isEmpty()) {
            return audited.barriers();
        }
        List<Barrier> chosen = new ArrayList<>();
        for (String name : barriers) {
            chosen.add(audited.barriers().stream()
                    .filter(barrier -> barrier.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Named.unknown(
                            "barrier of " + target,
                            name,
                            audited.barriers().stream().map(Barrier::name).toList())));
        }
        return chosen;
    }

    /** What the config says of the target, or the usual run where it says nothing. */
    private GatePlan plan() {
        GatePlan plan = new GatePlan("the usual run", null, List.of(usual()));
        Path file = config == null ? Home.corpus().resolve("audit.json") : config;
        if (config != null || Files.exists(file)) {
            GatePlan read = GatePlanReader.read(file, config == null ? "corpus/audit.json" : config.toString());
            boolean plans = read.explorations().stream()
                    .anyMatch(exploration -> exploration.run().target().equals(target));
            plan = config != null || plans ? read.ofTargets(List.of(target)) : plan;
        }
        return new GatePlan(
                plan.name(),
                null,
                plan.explorations().stream().map(this::overridden).toList());
    }

    private PlannedExploration usual() {
        return new PlannedExploration("usual", RunConfiguration.of(target, 1).withJudge(Judging.NONE), 1, null);
    }

    private PlannedExploration overridden(PlannedExploration planned) {
        RunConfiguration run = planned.run();
        run = crash == null ? run : run.withCrash(crash);
        run = mountOptions == null ? run : run.withMountOptions(mountOptions);
        return new PlannedExploration(planned.name(), run, planned.states(), planned.range());
    }

    private String command() {
        StringBuilder line = new StringBuilder("harness/powercut audit --target " + target);
        append(line, "--barrier", barriers.isEmpty() ? null : String.join(",", barriers));
        append(line, "--states", states == DEFAULT_STATES ? null : Long.toString(states));
        append(line, "--config", config == null ? null : config.toString());
        append(line, "--crash", crash);
        append(line, "--mount-options", mountOptions);
        return line.toString();
    }

    private static void append(StringBuilder line, String option, @Nullable String value) {
        if (value != null) {
            line.append(' ').append(option).append(' ').append(value);
        }
    }

    @Override
    public @Nullable Path reportFolder() {
        return folder;
    }

    /** Counts barriers. */
    private static final class AuditProgress implements Audit.Monitor, AutoCloseable {

        private final Interruption interruption;
        private final PieceBar bar;

        AuditProgress(Terminal terminal, Interruption interruption, int pieces) {
            this.interruption = interruption;
            this.bar = new PieceBar(terminal, "barriers", pieces);
        }

        @Override
        public void audited(AuditRow row) {
            bar.step();
        }

        @Override
        public HangWatch hangs() {
            return interruption.hangs();
        }

        @Override
        public boolean isStopped() {
            return interruption.isStopped();
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
