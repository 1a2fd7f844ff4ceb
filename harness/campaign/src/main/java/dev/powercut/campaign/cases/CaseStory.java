package dev.powercut.campaign.cases;

import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.SmallFinding.WriteLine;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Timeline;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.oracle.Difference;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.OperationId;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells a small finding to people: which write was missing, which promise broke, and what would have prevented it. */
public final class CaseStory {

    private static final int WRITES_BEFORE = 4;
    private static final int WRITES_SHOWN = 12;

    private final Shown shown;
    private final Scenario scenario;
    private final WriteLog log;
    private final Timeline timeline;

    private CaseStory(Scenario scenario, Shown shown) {
        this.shown = shown;
        this.scenario = scenario;
        this.log = shown.recording().log();
        this.timeline = new Timeline(shown.recording().history(), log.size() + 1);
    }

    /** The story of a case that was made. */
    public static SmallFinding of(CaseMaker.Made made) {
        CaseStory story = new CaseStory(made.saved().scenario(), made.shown());
        return story.tell(made.minimised().candidates(), !made.minimised().spent());
    }

    /** The story of a finding that a replay showed. */
    static SmallFinding of(Scenario scenario, Shown shown) {
        return new CaseStory(scenario, shown).tell(0, true);
    }

    private SmallFinding tell(int candidates, boolean complete) {
        Finding finding = shown.finding();
        List<String> workload = new ArrayList<>();
        List<String> choices = new ArrayList<>();
        scenario.steps().forEach(step -> workload.add(step.toString()));
        scenario.overrides()
                .forEach(choice -> choices.add(choice.path() + "#" + choice.index() + "=" + choice.value()));
        Step inFlight = finding == null ? null : timeline.inFlightAt(finding.position());
        return new SmallFinding(
                workload,
                inFlight == null ? null : inFlight.number(),
                choices,
                cut(finding),
                finding == null ? List.of() : writes(finding),
                why(finding),
                shape(),
                operations(),
                finding == null
                        ? 0
                        : SmallestState.omittedWrites(log, finding.cut().kept(), finding.position())
                                + omittedByRecoveries(),
                candidates,
                complete,
                null);
    }

    private int omittedByRecoveries() {
        int omitted = 0;
        for (InterruptedRecovery recovery : shown.recoveries()) {
            Finding.RecoveryCut cut = recovery.cut();
            omitted += SmallestState.omittedWrites(recovery.log(), cut.kept(), cut.position());
        }
        return omitted;
    }

    private String cut(@Nullable Finding finding) {
        if (finding == null) {
            return "no power cut is needed: it happens while the filesystem runs";
        }
        Step step = timeline.inFlightAt(finding.position());
        return "the power fails at position " + finding.position() + " of " + log.size() + " of the log, "
                + (step == null ? "between operations" : "while " + step + " is under way") + "; the disk holds "
                + finding.cut().kept().text() + recoveryCuts();
    }

    private String recoveryCuts() {
        StringBuilder text = new StringBuilder();
        for (InterruptedRecovery recovery : shown.recoveries()) {
            text.append("; it fails again at position ")
                    .append(recovery.cut().position())
                    .append(" of the ")
                    .append(recovery.log().size())
                    .append(" that recovery writes and flushes, of which the disk holds ")
                    .append(recovery.cut().kept().text());
        }
        return text.toString();
    }

    /** Oracle, kind, and the sorts of operation that are left, in no order; a sync says nothing. */
    private String shape() {
        return shape(shown.oracle(), shown.violation().kind(), scenario.steps());
    }

    static String shape(String oracle, String kind, List<Step> steps) {
        Set<String> words = new TreeSet<>();
        steps.forEach(step -> words.add(Timeline.word(step)));
        words.remove("sync");
        return oracle + "/" + kind + (words.isEmpty() ? "" : "/" + String.join("+", words));
    }

    private int operations() {
        int count = 0;
        for (Step step : scenario.steps()) {
            count += isPersistencePoint(step) ? 0 : 1;
        }
        return count;
    }

    /** Whether a step changes nothing, and only asks for durability. */
    static boolean isPersistencePoint(Step step) {
        String word = Timeline.word(step);
        return word.startsWith("fsync")
                || word.startsWith("fdatasync")
                || word.equals("sync")
                || word.equals("unmount");
    }

    private List<WriteLine> writes(Finding finding) {
        int end = Math.max(finding.cut().kept().end(), finding.position());
        Finding.MissingWrite missing = finding.missing();
        int last = missing == null ? end : Math.max(end, missing.entry() + 1);
        List<WriteLine> lines = new ArrayList<>();
        int before = 0;
        for (int entry = last - 1; entry >= 0 && before < WRITES_BEFORE; entry--) {
            if (log.get(entry) instanceof LogEntry.Write write) {
                String fate = fate(finding, entry);
                before += fate.equals("kept") ? 1 : 0;
                boolean isMissing = missing != null && missing.entry() == entry;
                if (lines.size() < WRITES_SHOWN || isMissing) {
                    lines.addFirst(new WriteLine(write.sequence(), fate, write(write), isMissing));
                }
            } else if (log.get(entry) instanceof LogEntry.Flush flush) {
                String fate = entry < finding.position() ? "done" : "later";
                lines.addFirst(new WriteLine(flush.sequence(), fate, "flush", false));
            }
        }
        shown.recoveries().forEach(recovery -> addRecovery(recovery, lines));
        return lines;
    }

    /** Recovery's writes, those around the cut, with the missing one. */
    private void addRecovery(InterruptedRecovery recovery, List<WriteLine> lines) {
        Kept kept = recovery.cut().kept();
        int position = recovery.cut().position();
        int first = Math.max(0, Math.min(kept.end(), position) - WRITES_BEFORE);
        int last = Math.max(Math.max(kept.end(), position), recovery.missing() + 1);
        for (int entry = first; entry < Math.min(last, first + WRITES_SHOWN); entry++) {
            LogEntry written = recovery.log().get(entry);
            String text = "recovery: "
                    + switch (written) {
                        case LogEntry.Write write -> write(write);
                        case LogEntry.Flush flush -> "flush";
                        case LogEntry.Discard discard -> line(discard);
                        case LogEntry.Mark mark -> line(mark);
                    };
            String fate = WriteLog.sectorCount(written) == 0
                    ? entry < position ? "done" : "later"
                    : fate(written, entry, kept, position);
            lines.add(new WriteLine(written.sequence(), fate, text, entry == recovery.missing()));
        }
    }

    private String fate(Finding finding, int entry) {
        return fate(log.get(entry), entry, finding.cut().kept(), finding.position());
    }

    private static String fate(LogEntry written, int entry, Kept all, int position) {
        long kept = all.keptSectors(entry, written);
        if (all.isDamaged(entry)) {
            return "torn";
        }
        if (kept >= WriteLog.sectorCount(written)) {
            return "kept";
        }
        return kept > 0 ? "torn" : entry < position ? "lost" : "later";
    }

    private String write(LogEntry.Write write) {
        Cause cause = write.cause();
        StringBuilder text = new StringBuilder(cause.kind().name() + " write to sector " + write.sector());
        if (write.contents().length > 1) {
            text.append("-").append(write.sector() + write.contents().length - 1);
        }
        Set<String> sources = new LinkedHashSet<>();
        for (Cause.Dirtied dirtied : cause.dirtied()) {
            sources.add(operation(dirtied.operation()) + " at " + dirtied.site().name());
        }
        return sources.isEmpty() ? text.toString() : text + " (" + String.join("; ", sources) + ")";
    }

    /** An entry of a log in one line. */
    static String line(LogEntry entry) {
        return entry.sequence() + "  "
                + switch (entry) {
                    case LogEntry.Write write -> write + causes(write.cause());
                    case LogEntry.Flush flush -> "flush";
                    case LogEntry.Discard discard -> "discard " + discard.count() + " sectors at " + discard.sector();
                    case LogEntry.Mark mark -> mark.event().text();
                };
    }

    private static String causes(Cause cause) {
        List<String> parts = new ArrayList<>();
        for (Cause.Dirtied dirtied : cause.dirtied()) {
            OperationId operation = dirtied.operation();
            parts.add((operation.isBackground() ? "background" : operation.sequence()) + " at "
                    + dirtied.site().name());
        }
        return "  " + cause.kind().name() + (parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")");
    }

    /** A write in few words: its last cause only. */
    private String named(LogEntry entry) {
        if (!(entry instanceof LogEntry.Write write)) {
            return "log entry " + entry.sequence();
        }
        String source = write.cause().dirtied().isEmpty()
                ? ""
                : " (" + operation(write.cause().dirtied().getLast().operation()) + " at " + site(write) + ")";
        return write.cause().kind().name() + " sector " + write.sector() + source;
    }

    private String operation(OperationId id) {
        Step step = id.isBackground() ? null : timeline.step(id.sequence());
        return step == null ? "background work" : "operation " + step;
    }

    private static String site(LogEntry entry) {
        return entry instanceof LogEntry.Write write && !write.cause().dirtied().isEmpty()
                ? write.cause().dirtied().getLast().site().name()
                : "the place that writes it";
    }

    private List<String> why(@Nullable Finding finding) {
        List<String> why = new ArrayList<>();
        why.add("Broken promise: " + shown.violation().promise() + ".");
        if (finding == null) {
            return why;
        }
        if (!shown.recoveries().isEmpty()) {
            whyOfRecovery(shown.recoveries().getLast(), why);
            return why;
        }
        Finding.MissingWrite missing = finding.missing();
        Step promising = promising(finding);
        LogEntry kept = lastKept(finding);
        if (missing == null) {
            why.add("No later write mends it: what the crash state lacks is never written at all"
                    + (kept == null ? "." : ", or the " + named(kept) + " should not have been."));
            why.add(
                    promising == null
                            ? "What the operations changed has to be written, at the sites named above, for this not"
                                    + " to happen."
                            : "Prevented by writing it, and flushing, before " + promising + " returns.");
            return why;
        }
        LogEntry wanted = log.get(missing.entry());
        if (finding.cut().kept().isDamaged(missing.entry())) {
            why.add("The " + named(wanted) + " " + fateInWords(finding, missing.entry()) + ".");
            why.add("Prevented by not writing it over what is still needed, or by a copy elsewhere, with a checksum.");
            return why;
        }
        if (missing.entry() < finding.position() && finding.cut().kept().end() > missing.entry() && kept != null) {
            why.add("The " + named(wanted) + " " + fateInWords(finding, missing.entry()) + ", though the " + named(kept)
                    + ", issued later, was kept: nothing made the disk take them in this order.");
            why.add("Prevented by a flush between the two, or FUA on the first, at " + site(kept) + ".");
        } else if (missing.entry() < finding.position()) {
            why.add("The " + named(wanted) + " had been given to the disk, but no flush followed"
                    + (promising == null ? "." : " before " + promising + " returned."));
            why.add("Prevented by a flush " + (promising == null ? "after it." : "before " + promising + " returns."));
        } else if (promising != null) {
            why.add(promising + " returned before the " + named(wanted) + " was written.");
            why.add("Prevented by writing it, and flushing, before " + promising + " returns.");
        } else if (kept != null) {
            why.add("The " + named(wanted) + " had to be on the disk before the " + named(kept) + ".");
            why.add("Prevented by an ordering edge or a flush between the two, at " + site(kept) + ".");
        }
        return why;
    }

    private void whyOfRecovery(InterruptedRecovery recovery, List<String> why) {
        LogEntry kept = lastKept(recovery.log(), recovery.cut().kept());
        String last = kept == null ? "none of its writes" : "its " + named(kept);
        if (recovery.missing() < 0) {
            why.add("Recovery was cut after " + last + " had reached the disk, and the next recovery cannot make up for"
                    + " it, whatever else the first one wrote.");
            why.add("Prevented by a recovery that writes only what can be done again from where it was cut.");
            return;
        }
        String wanted = named(recovery.log().get(recovery.missing()));
        String reason = recovery.missing() < recovery.cut().position() ? "was lost" : "had not been written yet";
        why.add("Recovery was cut when " + last + " had reached the disk; its " + wanted + " " + reason
                + ", and the next recovery cannot make up for it.");
        why.add("Prevented by a recovery that has the " + wanted + " on the disk, by a flush, before "
                + (kept == null ? "anything else." : last + " is written."));
    }

    private String fateInWords(Finding finding, int entry) {
        long all = WriteLog.sectorCount(log.get(entry));
        long kept = finding.cut().kept().keptSectors(entry, log.get(entry));
        if (finding.cut().kept().isDamaged(entry)) {
            return "was torn, and left a sector with neither the old nor the new contents";
        }
        return kept == 0 ? "was lost" : "was torn, with " + kept + " of its " + all + " sectors kept";
    }

    /** The step whose promise is broken, when it is one that only promises. */
    private @Nullable Step promising(Finding finding) {
        for (Difference difference : finding.violation().differences()) {
            OperationId by = difference.promisedBy();
            Step step = by == null || by.isBackground() ? null : timeline.step(by.sequence());
            if (difference.wrong()
                    && step != null
                    && isPersistencePoint(step)
                    && hasReturned(step, finding.position())) {
                return step;
            }
        }
        return null;
    }

    private boolean hasReturned(Step step, int position) {
        History history = shown.recording().history();
        if (history != null) {
            for (History.Entry entry : history.entries()) {
                if (entry.step().number() == step.number()) {
                    return entry.endPosition() < position;
                }
            }
        }
        return false;
    }

    private @Nullable LogEntry lastKept(Finding finding) {
        return lastKept(log, finding.cut().kept());
    }

    private static @Nullable LogEntry lastKept(WriteLog log, Kept kept) {
        for (int entry = kept.end() - 1; entry >= 0; entry--) {
            if (log.get(entry) instanceof LogEntry.Write write && kept.keptSectors(entry, write) > 0) {
                return write;
            }
        }
        return null;
    }
}
