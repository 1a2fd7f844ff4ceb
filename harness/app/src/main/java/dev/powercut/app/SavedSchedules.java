package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.HangReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.OutputException;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.concurrent.ConcurrentCase;
import dev.powercut.campaign.concurrent.ConcurrentCaseFile;
import dev.powercut.campaign.concurrent.ConcurrentCaseMaker;
import dev.powercut.campaign.concurrent.ConcurrentCorpus;
import dev.powercut.campaign.concurrent.ConcurrentReplay;
import dev.powercut.campaign.concurrent.ConcurrentStory;
import dev.powercut.campaign.concurrent.ScheduleJudge;
import dev.powercut.campaign.concurrent.ScheduleResult;
import dev.powercut.check.concurrent.Trouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Saves schedules in folders of their own, makes them smaller, and keeps them in the corpus. */
final class SavedSchedules {

    private SavedSchedules() {}

    /** @throws OutputException when it cannot be written */
    static Path write(Path folder, ConcurrentCase saved, List<String> story) {
        List<String> note = new ArrayList<>(List.of("# " + saved.target() + ": " + saved.kind(), ""));
        story.forEach(line -> note.add("    " + line));
        try {
            return ConcurrentCaseFile.write(folder, saved, note);
        } catch (IOException e) {
            throw OutputFolder.caseNotWritten(folder, e);
        }
    }

    static List<String> story(ConcurrentCase saved, ConcurrentReplay.Replayed replayed, Trouble trouble) {
        return ConcurrentStory.of(saved.scenario(), replayed.outcome(), trouble, replayed.cut());
    }

    /** Makes a saved schedule smaller. Returns how many findings were made small. */
    static int minimize(Terminal terminal, Path from, Path folder, int budget, HangWatch watch) {
        ConcurrentCase saved = ConcurrentCaseFile.readInstalled(from);
        ConcurrentCaseMaker maker =
                new ConcurrentCaseMaker(Installed.fileSystem(saved.target()), Installed.oracles(), budget, watch);
        ConcurrentCase small = maker.smaller(saved);
        if (small == null) {
            ScheduleResult result =
                    watch.around(HangReport.ofCase(saved.target()), judge(from, saved, watch::step)::judge);
            terminal.out().println("the schedule of " + from + " does not show " + saved.kind() + " any more");
            if (result.elsewhere() != null) {
                terminal.out().println("  " + result.sentence());
                small = maker.smaller(saved.with(result.elsewhere()));
            }
            if (small == null) {
                return MinimizeCommand.nothingToMakeSmall(from, result.outcome(), result.sentence());
            }
        }
        ConcurrentReplay.Replayed replayed = replay(small).run();
        Trouble trouble = replayed.trouble();
        if (trouble == null) {
            throw new IllegalStateException("a schedule shows a finding once and not again: " + small.kind());
        }
        List<String> story = story(small, replayed, trouble);
        Path file = write(folder, small, story);
        story.forEach(line -> terminal.out().println("  " + line));
        terminal.out().println("  " + size(small, replayed) + "; case " + file);
        terminal.out().println("  reproduce: harness/powercut replay " + CommandLines.quoted(folder.toString()));
        return 1;
    }

    /** For example {@code 3 operations, 1 preemption}. */
    static String size(ConcurrentCase saved, ConcurrentReplay.Replayed replayed) {
        return VerdictLine.counted(saved.scenario().program().steps().size(), "operation") + ", "
                + VerdictLine.counted(replayed.outcome().schedule().preemptions(), "preemption");
    }

    /** Keeps a saved schedule, when it comes out as it says. */
    static Path add(Path from, ConcurrentCase saved, Path place, HangWatch watch) {
        return watch.around(HangReport.ofCase(saved.target()), () -> kept(from, saved, place, watch::step));
    }

    private static Path kept(Path from, ConcurrentCase saved, Path place, Runnable each) {
        ScheduleJudge judge = judge(from, saved, each);
        ScheduleResult result = judge.judge();
        Trouble trouble = result.trouble();
        if (trouble == null || !result.isToTheLetter()) {
            throw CorpusCommand.Add.notToTheLetter(from, result.words(), result.contradictions());
        }
        boolean passes = saved.defect() != null && judge.wrongWithoutDefect() == null;
        return write(place, saved.passing(passes), story(saved, result.replayed(), trouble));
    }

    private static ScheduleJudge judge(Path from, ConcurrentCase saved, Runnable each) {
        return new ScheduleJudge(saved, Installed.fileSystem(saved.target()), Installed.oracles(), from, each);
    }

    private static ConcurrentReplay replay(ConcurrentCase saved) {
        return new ConcurrentReplay(saved, Installed.fileSystem(saved.target()), Installed.oracles());
    }

    /** Shows what became of a case of the corpus. */
    static void show(Terminal terminal, ConcurrentCorpus.Checked checked) {
        PrintWriter out = terminal.out();
        String mark = checked.isAsExpected() ? terminal.tick() : terminal.cross();
        out.println("  " + mark + " " + Lines.padded(checked.entry().name(), 44) + "  " + checked.words());
        if (!checked.isAsExpected()) {
            Lines.wrap(checked.sentence(), 92).forEach(text -> out.println("      " + text));
        }
        Lines.notes(checked.result().contradictions()).forEach(note -> out.println("    " + note));
    }
}
