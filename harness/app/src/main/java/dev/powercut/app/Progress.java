package dev.powercut.app;

import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a campaign has come, on a terminal only, and passes Ctrl-C on to it. */
final class Progress implements RunMonitor, AutoCloseable {

    /** Each run is so many steps of the bar. */
    private static final int STEPS_OF_RUN = 100;

    private final Interruption interruption;
    private final @Nullable ProgressBar bar;
    private final Map<Long, Integer> stepsOfSeed = new ConcurrentHashMap<>();
    private final AtomicLong findings = new AtomicLong();

    Progress(Terminal terminal, Interruption interruption, int runs) {
        this.interruption = interruption;
        this.bar = terminal.interactive()
                ? new ProgressBarBuilder()
                        .setTaskName(runs == 1 ? "cutting" : runs + " seeds")
                        .setInitialMax((long) runs * STEPS_OF_RUN)
                        .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                        .clearDisplayOnFinish()
                        .hideEta()
                        .build()
                : null;
    }

    @Override
    public void progressed(RunConfiguration run, int done, int total) {
        progressed(run.seed(), done, total);
    }

    /** What is done for a seed, or for any number that stands for a piece of work, has come so far. */
    void progressed(long seed, int done, int total) {
        if (bar != null) {
            int steps = (int) ((long) done * STEPS_OF_RUN / Math.max(1, total));
            Integer before = stepsOfSeed.put(seed, steps);
            if (before == null || before != steps) {
                bar.stepBy(steps - (before == null ? 0 : before));
            }
        }
    }

    @Override
    public void ended(RunOutcome outcome) {
        if (bar != null) {
            progressed(outcome.configuration(), 1, 1);
            long found = findings.addAndGet(outcome.findings().size());
            bar.setExtraMessage(found == 0 ? "" : found + " findings");
        }
    }

    @Override
    public HangWatch hangs() {
        return interruption.hangs();
    }

    @Override
    public boolean isStopped() {
        return interruption.isStopped();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
