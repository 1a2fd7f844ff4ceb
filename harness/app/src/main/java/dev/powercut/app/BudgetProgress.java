package dev.powercut.app;

import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;

/** Shows how much of a budget of states is spent, on a terminal only, and passes Ctrl-C on. */
final class BudgetProgress implements RunMonitor, AutoCloseable {

    private final Interruption interruption;
    private final PieceBar bar;
    private long findings;

    BudgetProgress(Terminal terminal, Interruption interruption, long states) {
        this.interruption = interruption;
        this.bar = new PieceBar(terminal, "crash states", states);
    }

    @Override
    public synchronized void ended(RunOutcome outcome) {
        bar.step(outcome.exploration().distinctStates());
        findings += outcome.findings().size();
        bar.note(findings == 0 ? "" : findings + " findings");
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
        bar.close();
    }
}
