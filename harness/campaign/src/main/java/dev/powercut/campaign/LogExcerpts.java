package dev.powercut.campaign;

import dev.powercut.campaign.FindingReport.CauseLine;
import dev.powercut.campaign.FindingReport.LogExcerpt;
import dev.powercut.campaign.FindingReport.LogLine;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the part of a write log around a cut: what was written, why, what it means, and whether it reached the disk. */
final class LogExcerpts {

    private static final int LINES_BEFORE = 24;
    private static final int LINES_AFTER = 16;

    /** A cut may lose much; what was lost is shown up to here. */
    private static final int LOST_LINES = 120;

    private static final int DECODED_LINES = 24;

    private final WriteLog log;
    private final FileSystemTarget target;

    LogExcerpts(WriteLog log, FileSystemTarget target) {
        this.log = log;
        this.target = target;
    }

    LogExcerpt around(Finding finding) {
        Kept kept = finding.cut().kept();
        int from = Math.max(0, kept.wholeEntries() - LINES_BEFORE);
        int end = Math.max(finding.position(), kept.wholeEntries() + 1) + LINES_AFTER;
        Finding.MissingWrite missing = finding.missing();
        if (missing != null) {
            end = Math.max(end, missing.entry() + 2);
        }
        int to = Math.min(log.size(), Math.min(end, kept.wholeEntries() + LOST_LINES));
        List<LogLine> lines = lines(from, to, finding.position(), kept);
        return new LogExcerpt(
                lines,
                sequenceAt(finding.position()),
                missing == null ? null : log.get(missing.entry()).sequence(),
                from,
                log.size() - to);
    }

    /** The last lines of the log, all of them kept: the power did not fail. */
    LogExcerpt atEnd() {
        int size = log.size();
        int from = Math.max(0, size - LINES_BEFORE);
        return new LogExcerpt(lines(from, size, size, new Kept.Prefix(size, 0)), null, from, 0);
    }

    private List<LogLine> lines(int from, int to, int position, Kept kept) {
        DiskImage image = log.base();
        for (int i = 0; i < from; i++) {
            image = WriteLog.apply(image, log.get(i));
        }
        List<LogLine> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            LogEntry entry = log.get(i);
            DiskImage after = WriteLog.apply(image, entry);
            lines.add(line(entry, image, after, kept.keptSectors(i, entry), i < position));
            image = after;
        }
        return lines;
    }

    private long sequenceAt(int position) {
        if (position < log.size()) {
            return log.get(position).sequence();
        }
        return log.size() == 0 ? 0 : log.get(log.size() - 1).sequence() + 1;
    }

    private LogLine line(LogEntry entry, DiskImage before, DiskImage after, long kept, boolean beforeCut) {
        return switch (entry) {
            case LogEntry.Write write -> {
                int count = write.contents().length;
                yield new LogLine(
                        write.sequence(),
                        LogLine.Entry.WRITE,
                        write.fua() ? "write FUA" : "write",
                        write.sector(),
                        count,
                        Math.min(kept, count),
                        fate(kept, count),
                        write.cause().kind().name(),
                        causes(write.cause()),
                        trigger(write.cause()),
                        triggerOperation(write.cause()),
                        decode(after, write),
                        decode(before, write));
            }
            case LogEntry.Discard discard -> discardLine(discard, kept);
            case LogEntry.Flush flush ->
                plainLine(flush.sequence(), LogLine.Entry.FLUSH, "flush", flush.cause(), beforeCut);
            case LogEntry.Mark mark ->
                plainLine(mark.sequence(), LogLine.Entry.MARK, mark.event().text(), null, beforeCut);
        };
    }

    private LogLine discardLine(LogEntry.Discard discard, long kept) {
        return new LogLine(
                discard.sequence(),
                LogLine.Entry.DISCARD,
                "discard",
                discard.sector(),
                discard.count(),
                Math.min(kept, discard.count()),
                fate(kept, discard.count()),
                discard.cause().kind().name(),
                causes(discard.cause()),
                trigger(discard.cause()),
                triggerOperation(discard.cause()),
                List.of(),
                List.of());
    }

    private static LogLine plainLine(
            long sequence, LogLine.Entry sort, String text, @Nullable Cause cause, boolean beforeCut) {
        return new LogLine(
                sequence,
                sort,
                text,
                0,
                0,
                0,
                beforeCut ? LogLine.Fate.KEPT : LogLine.Fate.LOST,
                "",
                cause == null ? List.of() : causes(cause),
                cause == null ? "" : trigger(cause),
                cause == null ? null : triggerOperation(cause),
                List.of(),
                List.of());
    }

    private static LogLine.Fate fate(long kept, long count) {
        if (kept >= count) {
            return LogLine.Fate.KEPT;
        }
        return kept == 0 ? LogLine.Fate.LOST : LogLine.Fate.TORN;
    }

    private List<String> decode(DiskImage image, LogEntry.Write write) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < write.contents().length && lines.size() < DECODED_LINES; i++) {
            for (String line : decode(image, write.sector() + i)) {
                if (lines.size() < DECODED_LINES && !lines.contains(line)) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    /** A target that cannot decode what its own defect wrote must not keep the finding from being told. */
    private List<String> decode(DiskImage image, long sector) {
        try {
            return target.decode(image, sector);
        } catch (RuntimeException e) {
            return List.of("cannot be decoded: " + e);
        }
    }

    private static List<CauseLine> causes(Cause cause) {
        List<CauseLine> lines = new ArrayList<>();
        for (Cause.Dirtied dirtied : cause.dirtied()) {
            lines.add(new CauseLine(
                    Explanation.number(dirtied.operation()),
                    dirtied.site().name(),
                    dirtied.site().why()));
        }
        return lines;
    }

    /** Why it went out at that moment, in a word or two. */
    static String trigger(Cause cause) {
        return switch (cause.trigger()) {
            case Trigger.Fsync fsync -> "fsync";
            case Trigger.Sync sync -> "sync";
            case Trigger.Eviction eviction -> "eviction";
            case Trigger.WriteBack writeBack -> "write-back";
            case Trigger.Ordering ordering -> "ordering at " + ordering.site().name();
            case Trigger.Unmount unmount -> "unmount";
            case Trigger.Mount mount -> "mount";
            case Trigger.Recovery recovery -> "recovery";
            case Trigger.Format format -> "format";
            case Trigger.Recorded recorded -> "recorded";
        };
    }

    /** Number of the operation that asked for a write or flush, or null. */
    static @Nullable Integer triggerOperation(Cause cause) {
        return switch (cause.trigger()) {
            case Trigger.Fsync fsync -> Explanation.number(fsync.operation());
            case Trigger.Sync sync -> Explanation.number(sync.operation());
            default -> null;
        };
    }
}
