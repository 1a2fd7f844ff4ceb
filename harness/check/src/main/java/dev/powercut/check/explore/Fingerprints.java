package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Names for sorts of failure: oracle, kind, and what was going on. For what a crash left on the disk that is the last write that
 * had reached it; for a broken promise, the sorts of operation concerned.
 */
final class Fingerprints {

    private final WriteLog log;
    private final Timeline timeline;

    Fingerprints(WriteLog log, Timeline timeline) {
        this.log = log;
        this.timeline = timeline;
    }

    String of(String oracle, Evidence.Stage stage, Violation violation, CutPoint cut) {
        String course = switch (stage) {
            case COMPARISON, INTERRUPTED_RECOVERY -> operations(violation.operations());
            case RECOVERY, SECOND_RECOVERY, MOUNT, FOLLOW_UP -> lastKept(cut);
        };
        return oracle + "/" + violation.kind() + (course.isEmpty() ? "" : "/" + course);
    }

    private String operations(List<Integer> numbers) {
        List<String> words = new ArrayList<>();
        for (int number : numbers) {
            Step step = timeline.step(number);
            String word = step == null ? "" : Timeline.word(step);
            if (!word.isEmpty() && !words.contains(word)) {
                words.add(word);
            }
        }
        return String.join("+", words);
    }

    private String lastKept(CutPoint cut) {
        for (int entry = cut.kept().end() - 1; entry >= 0; entry--) {
            if (log.get(entry) instanceof LogEntry.Write write && cut.kept().keptSectors(entry, write) > 0) {
                return course(write.cause());
            }
        }
        return "";
    }

    private String course(Cause cause) {
        if (cause.dirtied().isEmpty()) {
            return cause.kind().name();
        }
        return cause.dirtied().getLast().site().name();
    }
}
