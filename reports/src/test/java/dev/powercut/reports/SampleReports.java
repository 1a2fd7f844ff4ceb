package dev.powercut.reports;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.FindingReport.CauseLine;
import dev.powercut.campaign.FindingReport.DifferenceLine;
import dev.powercut.campaign.FindingReport.LogExcerpt;
import dev.powercut.campaign.FindingReport.LogLine.Fate;
import dev.powercut.campaign.FindingReport.OperationLine;
import dev.powercut.campaign.FindingReport.OperationLine.State;
import dev.powercut.campaign.ReportPlot;
import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.ReportTable.Row;
import dev.powercut.campaign.RunPart;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.BlockKindLine;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.RunReport.OperationKindLine;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.target.Measurement.Series;
import java.util.ArrayList;
import java.util.List;

/** Reports as runs on ext2 would give them. */
public final class SampleReports {
    /** Would run a script, close a tag and leave an attribute, if it could. */
    public static final String HOSTILE = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>&amp;${7*7}";

    /** Long runs of characters, seen, unseen, and beyond 16 bits. */
    private static final String LONG =
            "/long-" + "t".repeat(200) + "/" + "\uD83D\uDE00".repeat(30) + "\u0000".repeat(24) + "e".repeat(23);

    private SampleReports() {}

    /** All of them. */
    public static List<RunReport> all() {
        return List.of(clean(), incomplete(), oneFinding(), severalFindings(), hostile(), gate(), cost(), empty());
    }

    /** Nothing was run at all. */
    public static RunReport empty() {
        return new RunReport(
                "ext2",
                "PASS: 0 workloads",
                null,
                "powercut run --target ext2 --operations 0",
                List.of(),
                Exploration.NONE,
                List.of(),
                0);
    }

    /** Tables with plots, and nothing explored. */
    public static RunReport cost() {
        double[] x = {10, 50, 90};
        List<Series> series = List.of(
                new Series("greedy", x, new double[] {1, 4.5, 20}), new Series(HOSTILE, x, new double[] {1, 3, 0.25}));
        List<ReportTable> tables = new ArrayList<>();
        for (ReportPlot.Style style : ReportPlot.Style.values()) {
            tables.add(new ReportTable(
                    "Cost, " + style,
                    "",
                    List.of("Series", "10", "50", "90"),
                    List.of(ReportTable.Row.of(ReportTable.Mark.NONE, "greedy", "1", "4.5", "20")),
                    new ReportPlot("percent", "sectors " + HOSTILE, style, series)));
        }
        return new RunReport(
                "cost",
                "MEASURED",
                null,
                "powercut cost",
                List.of(),
                Exploration.NONE,
                List.of(),
                0,
                List.of(),
                tables);
    }

    /** Nothing found. */
    public static RunReport clean() {
        return new RunReport(
                "ext2, seed 1, prefix",
                "PASS: 1 workload, 1,904 crash states, 1,377 distinct, trace 7c1f90e2a4b85d36",
                null,
                "powercut run --target ext2 --seed 1 --crash prefix --operations 200",
                facts("none"),
                exploration(0),
                List.of(),
                0);
    }

    /** Stopped by hand before anything was found. */
    public static RunReport incomplete() {
        RunReport clean = clean();
        return new RunReport(
                clean.title(),
                "INTERRUPTED: 1 workload, 512 crash states, 377 distinct",
                "interrupted after 512 of 1,904 crash states",
                clean.reproduce(),
                clean.facts(),
                clean.exploration(),
                List.of(),
                0);
    }

    /** One finding, two operations before an entry was promised that now leads nowhere. */
    public static RunReport oneFinding() {
        return withFindings(SampleFindings.entryBeforeInode());
    }

    /** Four findings, the second an advisory. */
    public static RunReport severalFindings() {
        return withFindings(
                SampleFindings.entryBeforeInode(),
                SampleFindings.lostRename(),
                SampleFindings.unflushedData(),
                SampleFindings.wrongWhileRunning());
    }

    /** Two tasks at odds, without a power cut. */
    public static RunReport ofASchedule() {
        return withFindings(SampleFindings.locksInACircle());
    }

    /** Made of two explorations and a table; the second exploration found something, and so did a row. */
    public static RunReport gate() {
        RunReport several = severalFindings();
        RunReport clean = clean();
        return new RunReport(
                "gate",
                "FAIL: 4 findings in 2 workloads, 3,808 crash states, 2,754 distinct; trace 7c1f90e2a4b85d36",
                null,
                "harness/powercut gate",
                facts("none"),
                several.exploration(),
                several.findings(),
                0,
                List.of(
                        new RunPart(
                                "ext2-1k", "ext2, seeds 1..", null, clean.reproduce(), clean.exploration(), List.of()),
                        new RunPart(
                                "ext2-4k",
                                "ext2, seeds 1.., block size 4K",
                                "the budget was spent",
                                several.reproduce(),
                                several.exploration(),
                                List.of(0, 1, 2, 3))),
                List.of(
                        new ReportTable(
                                "Saved cases",
                                "Cases of the corpus that were replayed.",
                                List.of("Case", "Expected", "Found"),
                                List.of(
                                        Row.of(Mark.GOOD, "ext2/lost-rename", "pass", "pass"),
                                        Row.of(Mark.CAUTION, "ext2/old", "pass", "stale"),
                                        Row.of(Mark.NONE, "ext2/skipped", "pass", ""),
                                        Row.of(Mark.BAD, "ext2/" + HOSTILE, "pass", "promises-kept \u0007"))),
                        new ReportTable("Nothing", "", List.of("One"), List.of())));
    }

    /** Every text is an attack. */
    public static RunReport hostile() {
        String text = HOSTILE;
        return new RunReport(
                text,
                text,
                text,
                text + " --name=" + "n".repeat(40),
                List.of(
                        new Fact(text, text),
                        new Fact("name", "a\nb\u202Egnp.exe\u0000\uDCFF\\n"),
                        new Fact("long", LONG)),
                new Exploration(
                        text,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        text,
                        List.of(new OracleLine(text, text, 1, 1)),
                        List.of(new OperationKindLine(text, 1, 1, 1, 1, 1)),
                        List.of(new BlockKindLine(text, 1, 1, 1)),
                        List.of()),
                List.of(new FindingReport(
                                text,
                                text,
                                Grade.BROKEN_PROMISE,
                                text,
                                text,
                                text,
                                1,
                                text,
                                List.of(
                                        new OperationLine(1, text, text, text, State.DONE),
                                        new OperationLine(2, "other", text, "", State.IN_FLIGHT)),
                                new LogExcerpt(
                                        List.of(
                                                new SampleFindings.Write(
                                                                1,
                                                                1,
                                                                1,
                                                                Fate.KEPT,
                                                                text,
                                                                List.of(new CauseLine(1, text, text)),
                                                                text,
                                                                1)
                                                        .contents(List.of(text, "same"), List.of("other", "same")),
                                                SampleFindings.mark(2, Fate.LOST, text)),
                                        2L,
                                        null,
                                        0,
                                        0),
                                List.of(new DifferenceLine(text, List.of(text, text), text, true, 1)),
                                List.of(text),
                                text)
                        .withSmall(SampleFindings.small(text, text))),
                1);
    }

    private static RunReport withFindings(FindingReport... findings) {
        return new RunReport(
                "ext2, seed 1, prefix, defect entry-before-inode",
                "FINDINGS: " + findings.length + " found, 1 workload, 1,904 crash states, 1,377 distinct, trace"
                        + " 53ab70c4190e6f2d",
                null,
                "powercut run --target ext2 --seed 1 --crash prefix --operations 200 --defect entry-before-inode",
                facts("entry-before-inode"),
                exploration(7),
                List.of(findings),
                0);
    }

    private static List<Fact> facts(String defect) {
        return List.of(
                new Fact("Target", "ext2, careful ordering"),
                new Fact("Seed", "1"),
                new Fact("Workload", "random, 200 operations, 1 process"),
                new Fact("Crash model", "prefix: sectors reach the disk in the order of the log"),
                new Fact("Planted defect", defect),
                new Fact("Disk", "8 MiB, 16,384 sectors of 512 bytes"),
                new Fact("Mount options", "none"),
                new Fact("Block size", "1024 bytes, 1 block group, 2,048 inodes"),
                new Fact("fsync of a file", "promises its content and inode"),
                new Fact("fsync of a directory", "promises its entries"),
                new Fact("rename", "old, new or both names; the target is never missing"),
                new Fact("Second judge", "e2fsck -fn on 64 of 1,377 recovered images"));
    }

    private static Exploration exploration(long violations) {
        return new Exploration(
                "every prefix of the log, also between the sectors of a write (complete)",
                1,
                200,
                1_204,
                803,
                1_433,
                71,
                1_904,
                1_377,
                violations == 0 ? "7c1f90e2a4b85d36" : "53ab70c4190e6f2d",
                List.of(
                        new OracleLine(
                                "benign-damage",
                                "Before recovery, fsck finds only damage that -p may repair.",
                                1_377,
                                violations),
                        new OracleLine(
                                "recovery", "fsck -p succeeds, and a second run finds nothing more to do.", 1_377, 0),
                        new OracleLine(
                                "promises", "Whatever a system call promised before the cut is there.", 1_904, 0),
                        new OracleLine("no-garbage", "No file shows bytes that no version of it ever had.", 1_904, 0),
                        new OracleLine(
                                "follow-up",
                                "The recovered filesystem mounts and does a fixed piece of work.",
                                1_377,
                                0),
                        new OracleLine("e2fsck", "e2fsck -fn finds the recovered image clean.", 64, 0),
                        new OracleLine("atomicity", "An operation declared atomic is done or not done.", 0, 0)),
                List.of(
                        new OperationKindLine("creat", 31, 4, 155, 0, 402),
                        new OperationKindLine("write", 58, 0, 240, 0, 511),
                        new OperationKindLine("fsync", 27, 0, 0, 44, 388),
                        new OperationKindLine("mkdir", 14, 2, 98, 3, 120),
                        new OperationKindLine("rename", 19, 5, 112, 9, 207),
                        new OperationKindLine("unlink", 22, 6, 88, 0, 101),
                        new OperationKindLine("truncate", 17, 0, 61, 7, 96),
                        new OperationKindLine("sync", 12, 0, 0, 8, 79)),
                List.of(
                        new BlockKindLine("superblock", 22, 44, 41),
                        new BlockKindLine("group-descriptors", 48, 96, 77),
                        new BlockKindLine("block-bitmap", 97, 121, 180),
                        new BlockKindLine("inode-bitmap", 55, 71, 103),
                        new BlockKindLine("inode-table", 251, 330, 544),
                        new BlockKindLine("directory", 143, 214, 362),
                        new BlockKindLine("indirect", 36, 72, 90),
                        new BlockKindLine("data", 151, 485, 507)),
                List.of());
    }
}
