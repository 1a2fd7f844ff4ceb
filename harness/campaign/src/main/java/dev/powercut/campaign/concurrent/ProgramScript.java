package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.config.FileFormatException;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.workload.ScriptException;
import dev.powercut.check.workload.ScriptWorkload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what several processes do from the lines of a script; what cannot be theirs is told with its line, in the words of that. */
final class ProgramScript {

    private final String file;
    private final List<String> lines;

    private ProgramScript(String file, String text) {
        this.file = file;
        this.lines = List.of(text.split("\\R", -1));
    }

    /** @throws FileFormatException naming line and reason */
    static Program parse(String file, String text) {
        return new ProgramScript(file, text).parse();
    }

    private Program parse() {
        try {
            Program program = program(lines.size());
            if (program.steps().isEmpty()) {
                throw new FileFormatException(
                        file,
                        Math.max(1, lines.getLast().isEmpty() ? lines.size() - 1 : lines.size()),
                        "there is no operation of a process; write one on a line, such as '" + Program.NUMBERS_EACH
                                + ": creat /a 0644'");
            }
            return program;
        } catch (ScriptException e) {
            throw new FileFormatException(file, e.line(), e.reason());
        } catch (IllegalArgumentException e) {
            throw culprit(e);
        }
    }

    private Program program(int count) {
        return Program.of(ScriptWorkload.parse(file, String.join("\n", lines.subList(0, count))));
    }

    /** The first line up to which it is no program. Without the line {@code start} all of it would be read otherwise. */
    private FileFormatException culprit(IllegalArgumentException whole) {
        int from = 0;
        while (from < lines.size() && !own(from).equals("start")) {
            from++;
        }
        int low = from < lines.size() ? from + 1 : 1;
        int high = lines.size();
        IllegalArgumentException refused = whole;
        while (low < high) {
            int middle = (low + high) >>> 1;
            IllegalArgumentException here = refusal(middle);
            if (here == null) {
                low = middle + 1;
            } else {
                refused = here;
                high = middle;
            }
        }
        String own = own(high - 1);
        String reason = String.valueOf(refused.getMessage());
        return new FileFormatException(file, high, reason.contains(own) ? reason : "'" + own + "': " + reason);
    }

    private @Nullable IllegalArgumentException refusal(int count) {
        try {
            program(count);
            return null;
        } catch (IllegalArgumentException e) {
            return e;
        }
    }

    /** A line without its comment. */
    private String own(int index) {
        String line = lines.get(index);
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }
}
