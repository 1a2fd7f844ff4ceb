package dev.powercut.reports;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.FindingReport.CauseLine;
import dev.powercut.campaign.FindingReport.DifferenceLine;
import dev.powercut.campaign.FindingReport.LogExcerpt;
import dev.powercut.campaign.FindingReport.LogLine;
import dev.powercut.campaign.FindingReport.LogLine.Entry;
import dev.powercut.campaign.FindingReport.LogLine.Fate;
import dev.powercut.campaign.FindingReport.OperationLine;
import dev.powercut.campaign.FindingReport.OperationLine.State;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.BlockKindLine;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.RunReport.OperationKindLine;
import dev.powercut.campaign.RunReport.OracleLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports as runs on ext2 would give them. */
public final class SampleReports {
    /** Would run a script, close a tag and leave an attribute, if it could. */
    public static final String HOSTILE = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>&amp;${7*7}";

    private static final int IN_FLIGHT = 41;

    private SampleReports() {}

    /** All of them. */
    public static List<RunReport> all() {
        return List.of(clean(), incomplete(), oneFinding(), twoFindings(), hostile(), empty());
    }

    /** Nothing was run at all. */
    public static RunReport empty() {
        return new RunReport(
                "ext2",
                "PASS: 0 workloads",
                null,
                "powercut run --target ext2 --operations 0",
                List.of(),
                new Exploration("none", 0, 0, 0, 0, 0, 0, 0, 0, "0", List.of(), List.of(), List.of()),
                List.of(),
                0);
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
        return withFindings(entryBeforeInode());
    }

    /** Two findings, one of them an advisory under a model that reorders. */
    public static RunReport twoFindings() {
        return withFindings(entryBeforeInode(), lostRename());
    }

    /** Every text is an attack. */
    public static RunReport hostile() {
        String text = HOSTILE;
        return new RunReport(
                text,
                text,
                text,
                text,
                List.of(new Fact(text, text), new Fact("name", "a\nb\u202Egnp.exe\u0000\uDCFF\\n")),
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
                        List.of(new BlockKindLine(text, 1, 1, 1))),
                List.of(new FindingReport(
                        text,
                        text,
                        false,
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
                                        write(1, 1, 1, Fate.KEPT, text, List.of(new CauseLine(1, text, text)), text, 1)
                                                .contents(List.of(text, "same"), List.of("other", "same")),
                                        mark(2, Fate.LOST, text)),
                                2,
                                0,
                                0),
                        List.of(new DifferenceLine(text, List.of(text, text), text, true, 1)),
                        List.of(text),
                        text)),
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
                        new BlockKindLine("data", 151, 485, 507)));
    }

    private static FindingReport entryBeforeInode() {
        return new FindingReport(
                "benign-damage",
                "entry-to-free-inode",
                false,
                "The entry /mail/inbox names inode 14, which was never initialised: its directory block reached the disk"
                        + " before its inode did.",
                "Ordering rule 1 of careful updates: an inode is initialised on disk before an entry points to it, so that"
                        + " fsck -p finds only leaks.",
                "ext2:benign-damage:entry-to-free-inode:9f2c41d0",
                7,
                "before log entry 415, during operation #41, fsync(/mail)",
                workload(),
                new LogExcerpt(log(), 415, 402, 780),
                List.of(
                        new DifferenceLine("/", List.of("directory, 4 entries"), "directory, 4 entries", false, 12),
                        new DifferenceLine(
                                "/mail",
                                List.of("directory, 1 entry", "directory, 2 entries"),
                                "directory, 2 entries",
                                false,
                                29),
                        new DifferenceLine(
                                "/mail/inbox",
                                List.of(
                                        "absent",
                                        "regular file, mode 0644, 0 bytes",
                                        "regular file, mode 0644, 1,024 bytes"),
                                "entry to inode 14, which is free: mode 0, link count 0",
                                true,
                                29),
                        new DifferenceLine(
                                "/mail/old",
                                List.of("regular file, mode 0644, 312 bytes"),
                                "regular file, mode 0644, 312 bytes",
                                false,
                                33)),
                List.of(
                        "pass 1: checking inodes, blocks and sizes",
                        "pass 2: checking directory structure",
                        "  entry 'inbox' in /mail (inode 13) has deleted or unused inode 14: DAMAGE, not repaired by -p",
                        "pass 3: checking directory connectivity",
                        "pass 4: checking reference counts",
                        "pass 5: checking group summary",
                        "UNEXPECTED INCONSISTENCY; run fsck -y (exit 4)"),
                "powercut replay reports/runs/ext2-seed-1/entry-to-free-inode-9f2c41d0.json");
    }

    private static FindingReport lostRename() {
        List<OperationLine> operations = List.of(
                new OperationLine(1, "process 1", "rename(/a, /b)", "0", State.DONE),
                new OperationLine(2, "process 2", "pwrite(/b, 512 bytes at 0)", "", State.IN_FLIGHT));
        return new FindingReport(
                "atomicity",
                "both-names-lost",
                true,
                "After the cut neither /a nor /b exists.",
                "A rename that was never made durable leaves the old name or the new one; ext2 does not declare this.",
                "ext2:atomicity:both-names-lost:11b0de72",
                1,
                "within log entry 10, in the middle of a write",
                operations,
                new LogExcerpt(
                        List.of(
                                write(
                                                8,
                                                96,
                                                1,
                                                Fate.LOST,
                                                "directory",
                                                List.of(new CauseLine(1, "ext2.rename.add-new-name", "")),
                                                "write-back",
                                                null)
                                        .line(),
                                write(
                                                9,
                                                98,
                                                1,
                                                Fate.KEPT,
                                                "directory",
                                                List.of(new CauseLine(1, "ext2.rename.remove-old-name", "")),
                                                "write-back",
                                                null)
                                        .line(),
                                new LogLine(
                                        10,
                                        Entry.WRITE,
                                        "write",
                                        400,
                                        2,
                                        1,
                                        Fate.TORN,
                                        "data",
                                        List.of(new CauseLine(2, "page", "")),
                                        "eviction",
                                        null,
                                        List.of(),
                                        List.of())),
                        10,
                        7,
                        0),
                List.of(new DifferenceLine("/a or /b", List.of("at least one of them"), "neither", true, null)),
                List.of(),
                null);
    }

    private static List<OperationLine> workload() {
        List<OperationLine> operations = new ArrayList<>();
        for (int number = 0; number < 29; number++) {
            operations.add(new OperationLine(
                    number,
                    "",
                    number % 3 == 0
                            ? "mkdir(/d" + number + ", 0755)"
                            : "pwrite(fd 3, 512 bytes at " + number * 512 + ")",
                    number % 7 == 6 ? "ENOSPC" : "0",
                    State.DONE));
        }
        String[] recent = {
            "fsync(/mail)", "0",
            "stat(/mail/old)", "0",
            "chmod(/d3, 0700)", "0",
            "unlink(/d9/none)", "ENOENT",
            "fsync(/mail/old)", "0",
            "readdir(/)", "4 entries",
            "lseek(fd 3, 0, SEEK_SET)", "0",
            "pread(fd 3, 512 bytes at 0)", "512",
            "open(/mail/inbox, O_CREAT|O_WRONLY, 0644)", "fd 4",
            "pwrite(fd 4, 1024 bytes at 0)", "1024",
            "rmdir(/d12)", "0",
            "open(/mail, O_DIRECTORY)", "fd 5"
        };
        for (int i = 0; i < recent.length; i += 2) {
            operations.add(new OperationLine(operations.size(), "", recent[i], recent[i + 1], State.DONE));
        }
        operations.add(new OperationLine(IN_FLIGHT, "", "fsync(/mail)", "", State.IN_FLIGHT));
        for (int number = IN_FLIGHT + 1; number < 60; number++) {
            operations.add(new OperationLine(number, "", "write(fd 4, 100 bytes)", "", State.NOT_STARTED));
        }
        return operations;
    }

    private static List<LogLine> log() {
        CauseLine allocate = new CauseLine(37, "ext2.create.allocate-inode", "Marks the new inode as used.");
        CauseLine enter = new CauseLine(37, "ext2.create.entry", "Adds the entry that names the new inode.");
        CauseLine initialise = new CauseLine(
                37, "ext2.create.initialise-inode", "Fills in the new inode: mode, owner, times, link count 1.");
        CauseLine extend = new CauseLine(38, "ext2.write.size", "Sets the size once the data has its blocks.");
        List<LogLine> lines = new ArrayList<>();
        lines.add(mark(403, Fate.KEPT, "#33 fsync(/mail/old) returned 0"));
        lines.add(write(404, 10, 1, Fate.KEPT, "inode-bitmap", List.of(allocate), "fsync", IN_FLIGHT)
                .contents(
                        List.of("inodes 1-13 used", "inodes 14-2048 free"),
                        List.of("inodes 1-14 used", "inodes 15-2048 free")));
        lines.add(write(405, 4, 2, Fate.KEPT, "group-descriptors", List.of(allocate), "fsync", IN_FLIGHT)
                .contents(
                        List.of("group 0: 7,894 blocks free, 2,035 inodes free, 4 directories"),
                        List.of("group 0: 7,894 blocks free, 2,034 inodes free, 4 directories")));
        lines.add(flush(406, Fate.KEPT));
        lines.add(write(
                        407,
                        2,
                        2,
                        Fate.KEPT,
                        "superblock",
                        List.of(new CauseLine(
                                null,
                                "ext2.mount.clear-clean-bit",
                                "The first write after a mount clears the clean bit.")),
                        "write-back",
                        null)
                .line());
        lines.add(write(414, 610, 1, Fate.KEPT, "directory", List.of(enter), "fsync", IN_FLIGHT)
                .contents(
                        List.of(
                                "  0 '.' inode 13, directory",
                                " 12 '..' inode 2, directory",
                                " 24 'old' inode 12, regular file, to the end"),
                        List.of(
                                "  0 '.' inode 13, directory",
                                " 12 '..' inode 2, directory",
                                " 24 'old' inode 12, regular file",
                                " 36 'inbox' inode 14, regular file, to the end")));
        lines.add(write(415, 47, 2, Fate.LOST, "inode-table", List.of(initialise, extend), "fsync", IN_FLIGHT)
                .contents(
                        inodes("free: mode 0, links 0, size 0, blocks 0"),
                        inodes("regular file, mode 0100644, links 1, size 1024, blocks 2, direct 613")));
        lines.add(
                write(416, 1226, 2, Fate.LOST, "data", List.of(new CauseLine(38, "page", "")), "write-back", null)
                        .contents(
                                List.of(),
                                List.of(
                                        "0000  46 72 6f 6d 3a 20 61 64  61 20 74 6f 20 62 6f 62  |From: ada to bob|",
                                        "0010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|  (62 times)")));
        lines.add(flush(417, Fate.LOST));
        lines.add(mark(418, Fate.LOST, "#41 fsync(/mail) returned 0"));
        return lines;
    }

    private static List<String> inodes(String fourteen) {
        List<String> lines = new ArrayList<>();
        for (int inode = 9; inode <= 16; inode++) {
            lines.add("inode " + inode + ": "
                    + (inode == 14
                            ? fourteen
                            : inode < 14
                                    ? "regular file, mode 0100644, links 1, size 312, blocks 2, direct " + (590 + inode)
                                    : "free"));
        }
        return lines;
    }

    private static LogLine mark(long sequence, Fate fate, String text) {
        return new LogLine(sequence, Entry.MARK, text, 0, 0, 0, fate, "", List.of(), "", null, List.of(), List.of());
    }

    private static LogLine flush(long sequence, Fate fate) {
        return new LogLine(
                sequence, Entry.FLUSH, "flush", 0, 0, 0, fate, "", List.of(), "fsync", IN_FLIGHT, List.of(), List.of());
    }

    private static Write write(
            long sequence,
            long sector,
            long count,
            Fate fate,
            String kind,
            List<CauseLine> causes,
            String trigger,
            @Nullable Integer triggerOperation) {
        return new Write(sequence, sector, count, fate, kind, causes, trigger, triggerOperation);
    }

    /** A write whose contents are still to be told. */
    private record Write(
            long sequence,
            long sector,
            long count,
            Fate fate,
            String kind,
            List<CauseLine> causes,
            String trigger,
            @Nullable Integer triggerOperation) {

        LogLine line() {
            return contents(List.of(), List.of());
        }

        LogLine contents(List<String> before, List<String> after) {
            long kept = fate == Fate.KEPT ? count : 0;
            return new LogLine(
                    sequence,
                    Entry.WRITE,
                    "write",
                    sector,
                    count,
                    kept,
                    fate,
                    kind,
                    causes,
                    trigger,
                    triggerOperation,
                    after,
                    before);
        }
    }
}
