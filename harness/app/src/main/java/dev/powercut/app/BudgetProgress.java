package dev.powercut.app;

import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how much of a budget of states is spent, on a terminal only, and passes Ctrl-C on. */
final class BudgetProgress implements RunMonitor, AutoCloseable {

    private final Interruption interruption;
    private final @Nullable ProgressBar bar;
    private long findings;

    BudgetProgress(Terminal terminal, Interruption interruption, long states) {
        this.interruption = interruption;
        this.bar = terminal.interactive()
                ? new ProgressBarBuilder()
                        .setTaskName("crash states")
                        .setInitialMax(states)
                        .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                        .clearDisplayOnFinish()
                        .hideEta()
                        .build()
                : null;
    }

    @Override
    public synchronized void ended(RunOutcome outcome) {
        if (bar != null) {
            bar.stepBy(outcome.exploration().distinctStates());
            findings += outcome.findings().size();
            bar.setExtraMessage(findings == 0 ? "" : findings + " findings");
        }
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
