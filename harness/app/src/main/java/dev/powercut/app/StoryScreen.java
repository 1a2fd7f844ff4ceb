package dev.powercut.app;

import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.SmallFinding.WriteLine;
import java.io.PrintWriter;

/** Shows a small finding on one screen. */
final class StoryScreen {

    private static final int WIDTH = 100;
    private static final int WRITES_SHOWN = 8;

    private final Terminal terminal;
    private final PrintWriter out;

    StoryScreen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** @param indent spaces before each line */
    void show(SmallFinding story, String indent) {
        for (String line : story.workload()) {
            boolean inFlight = story.inFlight() != null && line.startsWith(story.inFlight() + ": ");
            out.println(indent + "  " + line + (inFlight ? terminal.warning("   <- the power fails here") : ""));
        }
        for (String choice : story.choices()) {
            out.println(indent + "  " + terminal.faint("choice " + choice));
        }
        wrapped(indent, story.cut());
        int first = Math.max(0, story.writes().size() - WRITES_SHOWN);
        for (WriteLine line : story.writes().subList(first, story.writes().size())) {
            String text = Lines.padded(line.fate(), 5) + "  " + line.text();
            out.println(indent + "  " + (line.missing() ? terminal.bad(text + "   <- missing") : text));
        }
        story.why().forEach(sentence -> wrapped(indent, sentence));
    }

    private void wrapped(String indent, String text) {
        Lines.wrap(text, WIDTH - indent.length()).forEach(line -> out.println(indent + line));
    }
}
