package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.Sizes;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.concurrent.ConcurrentConfiguration;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Target;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to run; run and replay have them alike. */
final class RunOptions {

    private static final int MOST_OPERATIONS_EACH = 60;
    private static final int MOST_OPERATIONS = 100_000;
    private static final int MOST_RECOVERY_DEPTH = 4;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "What to test (needed); 'powercut targets' lists the names.")
    private @Nullable String target;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all choices (default 1).")
    private @Nullable String seed;

    @Option(
            names = "--workload",
            paramLabel = "W",
            description = {
                "'random' (default): generated operations;",
                "'ace': every sequence of --length core operations; 'ace:L:K' for one of them;",
                "'script:FILE': one operation a line, such as 'write /a 0 4K'.",
            })
    private String workload = RunConfiguration.RANDOM;

    @Option(
            names = "--operations",
            paramLabel = "N",
            description = "Operations of a generated workload (default " + RunConfiguration.DEFAULT_OPERATIONS + ").")
    private @Nullable Integer operations;

    @Option(
            names = "--crash",
            paramLabel = "MODEL",
            description = {
                "What a power cut may do to unflushed writes: 'prefix' (default) loses a tail of them, 'reorder' any"
                        + " of them, 'torn' any of their sectors; under 'lying' flushes do nothing either; 'all' takes"
                        + " each in turn.",
                "Behind a plus sign: 'garbage' (a sector in flight may hold garbage), 'sub-sector' (it may be half"
                        + " written), such as torn+garbage.",
                "What is found under a model that the target does not declare to withstand is advisory: such findings"
                        + " alone give exit code 0."
            })
    private String crash = RunConfiguration.DEFAULT_CRASH;

    @Option(
            names = "--defect",
            paramLabel = "NAME",
            description = "Plant a defect in the target; 'list' lists the names.")
    private @Nullable String defect;

    @Option(names = "--size", paramLabel = "SIZE", description = "Size of the disk, such as 8M.")
    private @Nullable String size;

    @Option(names = "--block-size", paramLabel = "SIZE", description = "Block size of the filesystem, such as 1K.")
    private @Nullable String blockSize;

    @Option(
            names = "--format",
            paramLabel = "K=V,…",
            description = "Further options of formatting, as 'powercut mkfs --help' lists them.")
    private String format = "";

    @Option(names = "--mount-options", paramLabel = "OPTIONS", description = "Mount options, as for mount(8).")
    private String mount = "";

    @Option(
            names = "--judge",
            paramLabel = "TOOL",
            description =
                    "Ask this tool (e2fsck) about everything that recovery left, not just a sample; 'none': never.")
    private @Nullable String judge;

    @Option(
            names = "--states",
            paramLabel = "N",
            description = "Examine at most N distinct crash states in all, evenly spread.")
    private @Nullable Integer states;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = {
                "Let the device go wrong while the workload runs: read-error, write-error, bit-rot, misdirected, latent or"
                        + " dropped; once in 50 requests, or in N with :N behind it.",
                "A filesystem must not hang, crash or lie then; what is found is advisory unless it declares more."
            })
    private @Nullable String fault;

    @Option(
            names = "--recovery-depth",
            paramLabel = "N",
            description = "Let the power fail again during recovery, up to N times in a row (default "
                    + RunConfiguration.DEFAULT_RECOVERY_DEPTH + "; 0: never).")
    private @Nullable Integer recoveryDepth;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: a folder of reports/runs named after the run).")
    private @Nullable Path out;

    FileSystemTarget target() {
        return Installed.fileSystem(targetName());
    }

    /** Not a required option: then whatever else is wrong with a line would be said only after this. */
    private String targetName() {
        if (target == null) {
            throw new UsageException("say what to test with --target NAME; there is "
                    + Installed.targets().stream().map(Target::name).collect(Collectors.joining(", ")));
        }
        return target;
    }

    boolean listsDefects() {
        return "list".equals(defect);
    }

    @Nullable
    String seed() {
        return seed;
    }

    String workload() {
        return workload;
    }

    @Nullable
    Path out() {
        return out;
    }

    /**
     * The run for one seed.
     *
     * @param runs among how many runs the budget of states is shared
     * @throws UsageException when an option is wrong by itself
     */
    RunConfiguration configuration(long firstSeed, int runs) {
        int count = operations == null ? RunConfiguration.DEFAULT_OPERATIONS : operations;
        if (count < 0 || count > MOST_OPERATIONS) {
            throw new UsageException("--operations " + count + " is not from 0 to " + MOST_OPERATIONS);
        }
        if (states != null && states < 1) {
            throw new UsageException("--states " + states + " is not at least 1");
        }
        int depth = recoveryDepth == null ? RunConfiguration.DEFAULT_RECOVERY_DEPTH : recoveryDepth;
        if (depth < 0 || depth > MOST_RECOVERY_DEPTH) {
            throw new UsageException("--recovery-depth " + depth + " is not from 0 to " + MOST_RECOVERY_DEPTH);
        }
        return new RunConfiguration(
                        targetName(),
                        firstSeed,
                        workload,
                        count,
                        crash,
                        defect,
                        formatRequest(),
                        mount,
                        judging(),
                        states == null ? RunConfiguration.ALL_STATES : Math.max(1, states / runs),
                        depth)
                .withFault(fault);
    }

    /** The run of several processes at once. */
    ConcurrentConfiguration concurrent(ConcurrentOptions several) {
        boolean scripted = workload.startsWith(RunConfiguration.SCRIPT_PREFIX);
        if (!scripted && !workload.equals(RunConfiguration.RANDOM)) {
            throw new UsageException(
                    "--workload " + workload + " does not go with --processes; 'random' and" + " 'script:FILE' do");
        }
        boolean asksJudge = judge != null && judging() != Judging.NONE;
        if (recoveryDepth != null || asksJudge) {
            throw new UsageException(
                    (asksJudge ? "--judge" : "--recovery-depth")
                            + " does not go with --processes: its power cuts are judged by the oracles, and recovery is not cut");
        }
        int count = operations == null ? ConcurrentConfiguration.DEFAULT_OPERATIONS : operations;
        if (count < 0 || count > MOST_OPERATIONS_EACH) {
            throw new UsageException("--operations " + count + " is not from 0 to " + MOST_OPERATIONS_EACH
                    + ", which is for each process");
        }
        return new ConcurrentConfiguration(
                scripted ? workload.substring(RunConfiguration.SCRIPT_PREFIX.length()) : null,
                several.processes(),
                count,
                several.plan(),
                several.schedules(),
                crash,
                defect,
                formatRequest(),
                mount,
                states == null ? RunConfiguration.ALL_STATES : states,
                fault);
    }

    private FormatRequest formatRequest() {
        long sizeBytes = size == null ? 0 : Sizes.parse(size);
        long blockSizeBytes = blockSize == null ? 0 : Sizes.parse(blockSize);
        if (size != null && (sizeBytes < 512 || sizeBytes % 512 != 0)) {
            throw new UsageException("--size " + size + " is not a positive multiple of 512 bytes");
        }
        if (blockSizeBytes > Integer.MAX_VALUE) {
            throw new UsageException("--block-size " + blockSize + " is too large; 1K, 2K and 4K are usual");
        }
        return new FormatRequest(sizeBytes, (int) blockSizeBytes, format);
    }

    private Judging judging() {
        if (judge == null) {
            return Judging.SAMPLE;
        }
        if (judge.equals("none")) {
            return Judging.NONE;
        }
        String known = target().externalJudge();
        if (!judge.equals(known)) {
            throw new UsageException("--judge " + judge + ": the judge of " + target + " is "
                    + (known == null ? "none" : known + ", or none"));
        }
        return Judging.ALL;
    }
}
