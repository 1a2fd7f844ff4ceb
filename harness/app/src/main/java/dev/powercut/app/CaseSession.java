package dev.powercut.app;

import dev.powercut.campaign.cases.Case;
import dev.powercut.campaign.cases.CaseReplay;
import dev.powercut.campaign.cases.CaseResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** Replays one case, as often as wanted, and says what came of it. */
final class CaseSession {

    private final Terminal terminal;
    private final PrintWriter out;

    CaseSession(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** Returns the exit code: 0 nothing shows, 1 a finding shows, 2 stale, 3 not the same each time, 130 interrupted. */
    int replay(Path path, Case saved, int times, boolean trace, Interruption interruption) {
        CaseReplay replay = CaseReplay.of(saved, interruption.hangs()).readFrom(path);
        if (trace) {
            replay.trace().forEach(out::println);
        }
        CaseResult first = replay.run();
        int done = 1;
        for (; done < times && !interruption.isStopped(); done++) {
            CaseResult again = replay.run();
            if (!again.hashes().equals(first.hashes()) || again.outcome() != first.outcome()) {
                terminal.err()
                        .println("powercut replay: not the same: "
                                + first.outcome().words() + " with the hashes "
                                + first.hashes() + " the first time, "
                                + again.outcome().words() + " with "
                                + again.hashes() + " the " + (done + 1) + ". time");
                return ExitCodes.HARNESS_FAILED;
            }
        }
        show(path, saved, first, done);
        return interruption.isStopped() ? ExitCodes.INTERRUPTED : exitCode(first.outcome());
    }

    private void show(Path path, Case saved, CaseResult result, int times) {
        Case.Setting setting = saved.setting();
        out.println(terminal.strong(path + ": " + saved.target() + ", " + setting.crash()
                + (setting.defect() == null ? "" : ", defect " + setting.defect())));
        if (saved.expected() instanceof Case.Expected.Found found) {
            out.println("  expected   " + found.fingerprint());
        } else {
            out.println("  expected   pass");
        }
        out.println("  hashes     trace " + result.hashes().trace() + ", crash image "
                + orNone(result.hashes().crashImage()) + ", recovered "
                + orNone(result.hashes().recoveredImage()));
        if (times > 1) {
            out.println("  repeated   " + String.format(Locale.ROOT, "%,d", times) + " times, the same each time");
        }
        Lines.notes(result.notes()).forEach(out::println);
        for (String line : Lines.wrap(result.sentence(), 96)) {
            out.println("  " + line);
        }
        out.println(verdict(
                terminal, result.outcome(), result.way(), result.hashes().trace()));
        out.flush();
    }

    private static String orNone(String hash) {
        return hash.isEmpty() ? "none" : hash;
    }

    /**
     * The last line of a replay.
     *
     * @param way what is to be said behind the outcome, or nothing
     */
    static String verdict(Terminal terminal, CaseResult.Outcome outcome, String way, String trace) {
        String line = outcome.words().toUpperCase(Locale.ROOT) + way + "; trace " + trace;
        return switch (outcome) {
            case FOUND, OTHER_FOUND -> terminal.bad(line);
            case PASSED, NO_LONGER_FOUND -> terminal.good(line);
            case STALE -> terminal.warning(line);
        };
    }

    /** What a result means for a replay. */
    static int exitCode(CaseResult.Outcome outcome) {
        return switch (outcome) {
            case FOUND, OTHER_FOUND -> ExitCodes.FINDINGS;
            case PASSED, NO_LONGER_FOUND -> ExitCodes.NOTHING_FOUND;
            case STALE -> ExitCodes.USAGE;
        };
    }
}
