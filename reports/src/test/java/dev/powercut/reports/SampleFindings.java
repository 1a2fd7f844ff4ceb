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
import dev.powercut.campaign.Interleaving;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.check.oracle.Grade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings as runs on ext2 would give them. */
final class SampleFindings {
    private static final int IN_FLIGHT = 41;

    private static final List<OperationLine> TWO_PROCESSES = List.of(
            new OperationLine(1, "process 1", "rename(/a, /b)", "0", State.DONE),
            new OperationLine(2, "process 2", "pwrite(/b, 512 bytes at 0)", "", State.IN_FLIGHT));

    private SampleFindings() {}

    /** An entry reached the disk before its inode. */
    static FindingReport entryBeforeInode() {
        return new FindingReport(
                        "benign-damage",
                        "entry-to-free-inode",
                        Grade.BROKEN_PROMISE,
                        "The entry /mail/inbox names inode 14, which was never initialised: its directory block"
                                + " reached the disk before its inode did.",
                        "Ordering rule 1 of careful updates: an inode is initialised on disk before an entry points to"
                                + " it, so that fsck -p finds only leaks.",
                        "ext2:benign-damage:entry-to-free-inode:9f2c41d0",
                        7,
                        "before log entry 415, during operation #41, fsync(/mail)",
                        workload(),
                        new LogExcerpt(log(), 415L, 415L, 402, 780),
                        List.of(
                                new DifferenceLine(
                                        "/", List.of("directory, 4 entries"), "directory, 4 entries", false, 12),
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
                                "  entry 'inbox' in /mail (inode 13) has deleted or unused inode 14: DAMAGE, not"
                                        + " repaired by -p",
                                "pass 3: checking directory connectivity",
                                "pass 4: checking reference counts",
                                "pass 5: checking group summary",
                                "UNEXPECTED INCONSISTENCY; run fsck -y (exit 4)"),
                        "powercut replay reports/runs/ext2-seed-1/entry-to-free-inode-9f2c41d0.json")
                .withSmall(small(
                        "0: creat /a 0644", "the inode sector had to be on the disk before the directory sector"));
    }

    /** What a finding comes down to, with a text of the workload and one of the explanation. */
    static SmallFinding small(String operation, String why) {
        return new SmallFinding(
                List.of(operation, "1: sync"),
                1,
                List.of("kernel/task[0]/op[0]/write-back[2]#0=24"),
                "the power fails at position 11 of 15 of the log, while 1: sync is under way",
                List.of(
                        new SmallFinding.WriteLine(10, "kept", "directory write to sector 522", false),
                        new SmallFinding.WriteLine(11, "later", "inode-table write to sector 12", true)),
                List.of("Broken promise: ordering rule 1.", why),
                "benign-damage/entry-to-free-inode/creat+sync",
                1,
                0,
                42,
                true,
                "finding-1");
    }

    /** Writes are lost out of their order, and one is torn. */
    static FindingReport lostRename() {
        List<LogLine> log = List.of(
                new Write(
                                8,
                                96,
                                1,
                                Fate.LOST,
                                "directory",
                                List.of(new CauseLine(1, "ext2.rename.add-new-name", "")),
                                "write-back",
                                null)
                        .line(),
                new Write(
                                9,
                                98,
                                1,
                                Fate.KEPT,
                                "directory",
                                List.of(new CauseLine(1, "ext2.rename.remove-old-name", "")),
                                "write-back",
                                null)
                        .line(),
                new Write(10, 400, 2, Fate.TORN, "data", List.of(new CauseLine(2, "page", "")), "eviction", null)
                        .line());
        return new FindingReport(
                "atomicity",
                "both-names-lost",
                Grade.ADVISORY,
                "After the cut neither /a nor /b exists.",
                "A rename that was never made durable leaves the old name or the new one; ext2 does not declare this.",
                "ext2:atomicity:both-names-lost:11b0de72",
                1,
                "within log entry 10, in the middle of a write",
                TWO_PROCESSES,
                new LogExcerpt(log, 10L, 7, 0),
                List.of(new DifferenceLine("/a or /b", List.of("at least one of them"), "neither", true, null)),
                List.of(),
                null);
    }

    /** The power fails a while after the last write that survives. */
    static FindingReport unflushedData() {
        List<LogLine> log = List.of(
                flush(5, Fate.KEPT),
                new Write(6, 96, 2, Fate.TORN, "data", List.of(new CauseLine(1, "page", "")), "eviction", null).line(),
                new Write(
                                7,
                                98,
                                1,
                                Fate.LOST,
                                "inode-table",
                                List.of(
                                        new CauseLine(1, "ext2.write.size", "lets the size cover what was written"),
                                        new CauseLine(null, "ext2.mount", ""),
                                        new CauseLine(2, "ext2.write.size", "lets the size cover what was written")),
                                "write-back",
                                null)
                        .line(),
                mark(8, Fate.KEPT, "#1 rename(/a, /b) returned 0"),
                mark(9, Fate.LOST, "#2 pwrite(/b, 512 bytes at 0) returned 512"));
        return new FindingReport(
                "promises",
                "content-lost",
                Grade.BROKEN_PROMISE,
                "/b has not the content that fsync promised.",
                "fsync of a file promises its content and inode.",
                "ext2:promises:content-lost:70aa3e15",
                3,
                "before log entry 9, while #2 was under way",
                TWO_PROCESSES,
                new LogExcerpt(log, 9L, 7L, 4, 0),
                List.of(new DifferenceLine("/b, bytes 0 to 511", List.of("crc 1f2e", "crc 99aa"), "zeroes", true, 1)),
                List.of(),
                null);
    }

    /** The power never failed. */
    static FindingReport wrongWhileRunning() {
        return new FindingReport(
                "live",
                "wrong-result",
                Grade.POSIX,
                "rename(/a, /b) returned 0, and the model gives ENOENT.",
                "System calls give what POSIX says.",
                "ext2:live:wrong-result:5d10c3ab",
                1,
                "no power cut: it happened while the filesystem was running",
                TWO_PROCESSES.subList(0, 1),
                new LogExcerpt(List.of(flush(5, Fate.KEPT)), null, 4, 0),
                List.of(),
                List.of(),
                null);
    }

    /** Two tasks at odds, without a power cut. */
    static FindingReport locksInACircle() {
        List<String> turn = List.of("start", "lock inode 2", "lock inode 12", "disk-read disk", "disk-read disk");
        return new FindingReport(
                "lock-order",
                "lock-order",
                Grade.BROKEN_PROMISE,
                "locks are taken in a circle: inode 2 inside inode 12, inode 12 inside inode 2",
                "several processes at once see one filesystem",
                "lock-order",
                27,
                "schedule with 1 preemption",
                TWO_PROCESSES.subList(0, 1),
                new LogExcerpt(List.of(), null, 0, 0),
                List.of(),
                List.of(),
                null,
                null,
                null,
                new Interleaving(
                        List.of("main", "process 1"),
                        List.of(
                                new Interleaving.Turn(1, 0, turn, true),
                                new Interleaving.Turn(0, 5, List.of("release ended processes"), false)),
                        List.of("process 1 took inode 12 inside inode 2 at step 2")));
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
        lines.add(new Write(404, 10, 1, Fate.KEPT, "inode-bitmap", List.of(allocate), "fsync", IN_FLIGHT)
                .contents(
                        List.of("inodes 1-13 used", "inodes 14-2048 free"),
                        List.of("inodes 1-14 used", "inodes 15-2048 free")));
        lines.add(new Write(405, 4, 2, Fate.KEPT, "group-descriptors", List.of(allocate), "fsync", IN_FLIGHT)
                .contents(
                        List.of("group 0: 7,894 blocks free, 2,035 inodes free, 4 directories"),
                        List.of("group 0: 7,894 blocks free, 2,034 inodes free, 4 directories")));
        lines.add(flush(406, Fate.KEPT));
        lines.add(new Write(
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
        lines.add(new Write(414, 610, 1, Fate.KEPT, "directory", List.of(enter), "fsync", IN_FLIGHT)
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
        lines.add(new Write(415, 47, 2, Fate.LOST, "inode-table", List.of(initialise, extend), "fsync", IN_FLIGHT)
                .contents(
                        inodes("free: mode 0, links 0, size 0, blocks 0"),
                        inodes("regular file, mode 0100644, links 1, size 1024, blocks 2, direct 613")));
        lines.add(new Write(416, 1226, 2, Fate.LOST, "data", List.of(new CauseLine(38, "page", "")), "write-back", null)
                .contents(
                        List.of(),
                        List.of(
                                "0000  46 72 6f 6d 3a 20 61 64  61 20 74 6f 20 62 6f 62  |From: ada to bob|",
                                "0010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................| "
                                        + " (62 times)")));
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

    static LogLine mark(long sequence, Fate fate, String text) {
        return new LogLine(sequence, Entry.MARK, text, 0, 0, 0, fate, "", List.of(), "", null, List.of(), List.of());
    }

    private static LogLine flush(long sequence, Fate fate) {
        return new LogLine(
                sequence, Entry.FLUSH, "flush", 0, 0, 0, fate, "", List.of(), "fsync", IN_FLIGHT, List.of(), List.of());
    }

    /** A write whose contents are still to be told. */
    record Write(
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
            long kept = fate == Fate.KEPT ? count : fate == Fate.TORN ? 1 : 0;
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
