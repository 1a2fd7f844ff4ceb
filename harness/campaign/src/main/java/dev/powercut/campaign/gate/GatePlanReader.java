package dev.powercut.campaign.gate;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Named;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.Sizes;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.ace.AceRange;
import dev.powercut.campaign.config.ConfigFile;
import dev.powercut.campaign.config.ConfigSection;
import dev.powercut.campaign.gate.GatePlan.Known;
import dev.powercut.campaign.gate.GatePlan.PlannedExploration;
import dev.powercut.check.ace.AceSpace;
import dev.powercut.check.target.FormatRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a plan from JSON:
 *
 * <pre>{@code
 * {
 *   "format": "powercut-plan", "version": 1,
 *   "explorations": [
 *     {"name": "ext2-1k", "target": "ext2", "states": 20000},
 *     {"name": "ext2-4k", "target": "ext2", "states": 10000, "blockSize": "4K", "operations": 60}
 *   ]
 * }
 * }</pre>
 *
 * <p>{@code cases} is the folder of the saved cases to replay, from the plan's folder on; without it none are.
 *
 * <p>{@code known} lists findings that are shown and do not fail the gate, each with {@code target}, {@code fingerprint} and {@code
 * why}. One that does not show any more is told of.
 *
 * <p>The keys of an exploration are those of the options of {@code powercut run}: {@code target}, {@code firstSeed}, {@code
 * workload} (a script's file is sought from the plan's folder), {@code operations}, {@code crash}, {@code size}, {@code
 * blockSize}, {@code formatOptions}, {@code mountOptions}, {@code recoveryDepth}, {@code fault}, {@code defect}, {@code judge} ({@code none}, {@code sample} or
 * {@code all}); and {@code states}, how many distinct states to examine in all, and {@code statesPerRun}, how many of one run at most.
 *
 * <p>With the workload {@code ace} there are {@code length} and {@code shard} instead of seeds; {@code states} is then the most to
 * examine, and it ends earlier where all workloads of the shard are done.
 */
public final class GatePlanReader {

    static final String FORMAT = "powercut-plan";
    static final int VERSION = 1;

    private static final long MOST_STATES = 1_000_000_000_000L;
    private static final int MOST_OPERATIONS = 100_000;
    private static final int MOST_RECOVERY_CUTS = 8;

    private final Path file;

    private GatePlanReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a plan and sees that all in it can be run.
     *
     * @param name what to call the file in reports
     * @throws UsageException when not, with file, line and reason
     */
    public static GatePlan read(Path file, String name) {
        return new GatePlanReader(file).plan(ConfigFile.read(file), name);
    }

    private GatePlan plan(ConfigSection section, String name) {
        section.expect(FORMAT, VERSION);
        List<PlannedExploration> explorations = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (ConfigSection one : section.sections("explorations")) {
            PlannedExploration exploration = exploration(one);
            if (!names.add(exploration.name())) {
                throw one.wrong("name", "there are two explorations '" + exploration.name() + "'");
            }
            explorations.add(exploration);
        }
        if (explorations.isEmpty()) {
            throw section.wrong("explorations", "there is no exploration");
        }
        Path cases = section.has("cases") ? beside(section.text("cases")) : null;
        List<Known> known = section.has("known") ? known(section.sections("known"), explorations) : List.of();
        section.done();
        return new GatePlan(name, cases, explorations, known);
    }

    private static List<Known> known(List<ConfigSection> sections, List<PlannedExploration> explorations) {
        List<String> targets = explorations.stream()
                .map(exploration -> exploration.run().target())
                .distinct()
                .toList();
        List<Known> known = new ArrayList<>();
        Set<List<String>> seen = new LinkedHashSet<>();
        for (ConfigSection one : sections) {
            Known finding = new Known(one.text("target"), one.text("fingerprint"), one.text("why"));
            one.done();
            if (!targets.contains(finding.target())) {
                throw one.wrong(
                        "target",
                        Named.unknown("target", finding.target(), targets).getMessage() + " in this plan");
            }
            if (finding.why().isBlank()) {
                throw one.wrong("why", "say why this finding may stay, such as the number of its ticket");
            }
            if (!seen.add(List.of(finding.target(), finding.fingerprint()))) {
                throw one.wrong("fingerprint", "this finding stands here twice");
            }
            known.add(finding);
        }
        return known;
    }

    private PlannedExploration exploration(ConfigSection section) {
        String name = section.text("name");
        if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
            throw section.wrong("name", "the name '" + name + "' is not of small letters, digits, - and . alone");
        }
        boolean enumerates = section.text("workload", RunConfiguration.RANDOM).equals(RunConfiguration.ACE);
        long firstSeed = enumerates ? 1 : section.number("firstSeed", Long.MIN_VALUE, Long.MAX_VALUE, 1L);
        RunConfiguration run = run(section, RunConfiguration.of(section.text("target"), firstSeed), enumerates);
        AceRange range = enumerates ? range(section) : null;
        long states = section.number("states", 1, MOST_STATES, null);
        section.done();
        PlannedExploration planned = new PlannedExploration(name, run, states, range);
        validate(section, planned);
        return planned;
    }

    private RunConfiguration run(ConfigSection section, RunConfiguration usual, boolean enumerates) {
        RunConfiguration run = usual.withWorkload(workload(section, usual.workload()))
                .withCrash(section.text("crash", usual.crash()))
                .withFormat(format(section))
                .withMountOptions(section.text("mountOptions", ""))
                .withRecoveryDepth(
                        (int) section.number("recoveryDepth", 0, MOST_RECOVERY_CUTS, (long) usual.recoveryDepth()))
                .withJudge(judge(section))
                .withFault(section.has("fault") ? section.text("fault") : null)
                .withDefect(section.has("defect") ? section.text("defect") : null);
        return enumerates
                ? run
                : run.withOperations((int) section.number("operations", 0, MOST_OPERATIONS, (long) usual.operations()))
                        .withStates((int) section.number("statesPerRun", 1, Integer.MAX_VALUE, (long) usual.states()));
    }

    private static AceRange range(ConfigSection section) {
        int length = (int) section.number("length", 1, AceSpace.MAX_LENGTH, 1L);
        String shard = section.has("shard") ? section.text("shard") : null;
        try {
            return AceRange.of(length, shard, null);
        } catch (UsageException e) {
            throw section.wrong("shard", String.valueOf(e.getMessage()));
        }
    }

    private String workload(ConfigSection section, String usual) {
        String workload = section.text("workload", usual);
        if (!workload.startsWith(RunConfiguration.SCRIPT_PREFIX)) {
            return workload;
        }
        return RunConfiguration.SCRIPT_PREFIX + beside(workload.substring(RunConfiguration.SCRIPT_PREFIX.length()));
    }

    /**
     * A path as the plan gives it, from the plan's folder on. Told from the working directory on when it lies below that, so that
     * reports do not differ by where the tree lies.
     */
    private Path beside(String path) {
        Path here = Path.of("").toAbsolutePath().normalize();
        Path folder = file.toAbsolutePath().getParent();
        Path found = (folder == null ? here : folder).resolve(path).normalize();
        return found.startsWith(here) && !found.equals(here) ? here.relativize(found) : found;
    }

    private static FormatRequest format(ConfigSection section) {
        return new FormatRequest(
                size(section, "size", Long.MAX_VALUE),
                (int) size(section, "blockSize", Integer.MAX_VALUE),
                section.text("formatOptions", ""));
    }

    private static long size(ConfigSection section, String key, long most) {
        String text = section.text(key, "0");
        try {
            long bytes = Sizes.parse(text);
            if (bytes <= most) {
                return bytes;
            }
        } catch (UsageException e) {
            throw section.wrong(key, String.valueOf(e.getMessage()));
        }
        throw section.wrong(key, "'" + key + "' is " + text + ", which is too much");
    }

    private static Judging judge(ConfigSection section) {
        String word = section.text("judge", "none");
        List<String> words = new ArrayList<>();
        for (Judging judging : Judging.values()) {
            words.add(judging.name().toLowerCase(Locale.ROOT));
            if (words.getLast().equals(word)) {
                return judging;
            }
        }
        throw section.wrong(
                "judge", String.valueOf(Named.unknown("judging", word, words).getMessage()));
    }

    /** Names that there are not, sizes that do not do … are mistakes of the file. */
    private static void validate(ConfigSection section, PlannedExploration planned) {
        try {
            planned.validate(Installed.fileSystem(planned.run().target()), Installed.oracles());
        } catch (UsageException e) {
            throw section.wrong(keyOf(String.valueOf(e.getMessage())), String.valueOf(e.getMessage()));
        }
    }

    /** The key that a message is about: the line of the exploration where it cannot be told. */
    private static String keyOf(String message) {
        for (String key : List.of("target", "crash", "workload", "judge", "fault", "defect")) {
            if (message.startsWith("unknown " + key)
                    || message.startsWith("unknown crash model") && key.equals("crash")) {
                return key;
            }
        }
        return message.startsWith("the disk cannot be mounted") ? "mountOptions" : "name";
    }
}
