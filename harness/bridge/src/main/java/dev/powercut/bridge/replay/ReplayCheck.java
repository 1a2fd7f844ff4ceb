package dev.powercut.bridge.replay;

import dev.powercut.campaign.UsageException;

/** What is done with each crash state of a recording. */
public sealed interface ReplayCheck {

    /** The filesystem's own checker repairs it, and the marks of the recording judge what is recovered. */
    record Fsck() implements ReplayCheck {}

    /**
     * A command of the user's looks at a copy of the crash image, which it may change; an exit code other than 0 is a violation.
     *
     * @param line for the shell, with {@code {}} in the place of the image's path
     */
    record Command(String line) implements ReplayCheck {

        static final String PLACE = "{}";

        public Command {
            if (!line.contains(PLACE)) {
                throw new UsageException("the check '" + line + "' does not say where the image goes: write " + PLACE
                        + " in its place, for example 'e2fsck -fn " + PLACE + "', or use the check fsck");
            }
        }
    }

    /**
     * The check that a user means: {@code fsck}, or a command with {@code {}}.
     *
     * @throws UsageException when it is neither
     */
    static ReplayCheck parse(String text) {
        return text.equals("fsck") ? new Fsck() : new Command(text);
    }
}
