package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.BlockKindLine;
import dev.powercut.campaign.RunReport.OperationKindLine;
import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Timeline;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Result;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts what a recording holds, by kind of operation and kind of block. */
final class Statistics {

    private static final class Counts {
        long executed;
        long failed;
        long writes;
        long sectors;
        long flushes;
        long cuts;
    }

    private final Map<String, Counts> operationKinds = new TreeMap<>();
    private final Map<String, Counts> blockKinds = new TreeMap<>();
    private final Recording recording;
    private final Timeline timeline;
    private long writes;
    private long sectors;
    private long flushes;

    Statistics(Recording recording) {
        this.recording = recording;
        this.timeline = new Timeline(recording.history(), recording.log().size() + 1);
        History history = recording.history();
        if (history != null) {
            for (History.Entry entry : history.entries()) {
                Counts counts = counts(operationKinds, Timeline.word(entry.step()));
                counts.executed++;
                counts.failed += entry.result() instanceof Result.Failed ? 1 : 0;
            }
        }
        WriteLog log = recording.log();
        for (int i = 0; i < log.size(); i++) {
            count(log.get(i), i);
        }
    }

    /** Counts the distinct images of an exploration: what was in flight when the power failed, and what was cut. */
    void countCuts(CrashStates states) {
        for (int image = 0; image < states.imageCount(); image++) {
            CutPoint cut = states.cutPoints(image).getFirst();
            Step step = timeline.inFlightAt(cut.firstPosition());
            if (step != null) {
                counts(operationKinds, Timeline.word(step)).cuts++;
            }
            int next = cut.kept().wholeEntries();
            if (next < states.log().size() && states.log().get(next) instanceof LogEntry.Write write) {
                counts(blockKinds, write.cause().kind().name()).cuts++;
            }
        }
    }

    private void count(LogEntry entry, int position) {
        switch (entry) {
            case LogEntry.Write write -> {
                writes++;
                sectors += write.contents().length;
                Counts kind = counts(blockKinds, write.cause().kind().name());
                kind.writes++;
                kind.sectors += write.contents().length;
                TreeSet<Integer> operations = new TreeSet<>();
                for (Cause.Dirtied dirtied : write.cause().dirtied()) {
                    Integer number = Explanation.number(dirtied.operation());
                    if (number != null && operations.add(number)) {
                        countsOf(number).writes++;
                    }
                }
            }
            case LogEntry.Flush flush -> {
                flushes++;
                Step step = timeline.inFlightAt(position);
                if (step != null) {
                    counts(operationKinds, Timeline.word(step)).flushes++;
                }
            }
            case LogEntry.Discard discard -> {}
            case LogEntry.Mark mark -> {}
        }
    }

    private Counts countsOf(int operation) {
        Step step = timeline.step(operation);
        return step == null ? new Counts() : counts(operationKinds, Timeline.word(step));
    }

    private static Counts counts(Map<String, Counts> kinds, String kind) {
        return kinds.computeIfAbsent(kind, name -> new Counts());
    }

    long operations() {
        @Nullable History history = recording.history();
        return history == null ? 0 : history.entries().size();
    }

    long writes() {
        return writes;
    }

    long sectors() {
        return sectors;
    }

    long flushes() {
        return flushes;
    }

    List<OperationKindLine> operationKinds() {
        List<OperationKindLine> lines = new ArrayList<>();
        operationKinds.forEach((kind, counts) -> lines.add(new OperationKindLine(
                kind, counts.executed, counts.failed, counts.writes, counts.flushes, counts.cuts)));
        return lines;
    }

    List<BlockKindLine> blockKinds() {
        List<BlockKindLine> lines = new ArrayList<>();
        blockKinds.forEach(
                (kind, counts) -> lines.add(new BlockKindLine(kind, counts.writes, counts.sectors, counts.cuts)));
        return lines;
    }
}
