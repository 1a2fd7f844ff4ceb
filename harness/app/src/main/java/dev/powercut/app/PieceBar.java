package dev.powercut.app;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar that counts pieces of work, on a terminal only; any thread may step it. */
final class PieceBar implements AutoCloseable {

    private final @Nullable ProgressBar bar;

    PieceBar(Terminal terminal, String noun, long pieces) {
        this.bar = terminal.interactive()
                ? new ProgressBarBuilder()
                        .setTaskName(noun)
                        .setInitialMax(pieces)
                        .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                        .clearDisplayOnFinish()
                        .hideEta()
                        .build()
                : null;
    }

    void step() {
        step(1);
    }

    void step(long pieces) {
        if (bar != null) {
            bar.stepBy(pieces);
        }
    }

    /** What to show behind the bar. */
    void note(String text) {
        if (bar != null) {
            bar.setExtraMessage(text);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
