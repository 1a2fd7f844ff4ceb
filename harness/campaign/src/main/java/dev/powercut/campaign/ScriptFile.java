package dev.powercut.campaign;

import dev.powercut.campaign.config.FileFormatException;
import dev.powercut.campaign.config.InputFile;
import dev.powercut.check.workload.ScriptException;
import dev.powercut.check.workload.ScriptWorkload;
import java.nio.file.Path;

/** A script that somebody wrote. */
public final class ScriptFile {

    private ScriptFile() {}

    /**
     * Reads a script.
     *
     * @param file as it was given, which may be nothing
     * @throws UsageException when there is none, or it does nothing: a run of that would pass, and say nothing
     */
    public static ScriptWorkload read(String file) {
        String text = text(file);
        ScriptWorkload script;
        try {
            script = ScriptWorkload.parse(file, text);
        } catch (ScriptException e) {
            throw new FileFormatException(e.script(), e.line(), e.reason());
        }
        if (script.steps().isEmpty()) {
            throw new FileFormatException(
                    file,
                    lastLine(text),
                    "the script has no operation" + (script.setUp().isEmpty() ? "" : " after 'start'")
                            + "; write one on a line, such as 'creat /a 0644'");
        }
        return script;
    }

    /**
     * Its text.
     *
     * @throws UsageException when there is none
     */
    public static String text(String file) {
        if (file.isEmpty()) {
            throw new UsageException("the workload '" + RunConfiguration.SCRIPT_PREFIX + "' names no file; write '"
                    + RunConfiguration.SCRIPT_PREFIX + "FILE'");
        }
        return InputFile.text("script", Path.of(file));
    }

    /** Where the end is at which there is still nothing. */
    private static int lastLine(String text) {
        return (int) Math.max(1, text.lines().count());
    }
}
