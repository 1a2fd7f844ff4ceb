package dev.powercut.campaign.concurrent;

import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.target.FormatRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding of a run of several processes, saved.
 *
 * @param target name of a target
 * @param defect name of a planted defect, of the target or of the kernel's locking, or null
 * @param crash name of the crash model under which it shows, or {@link ConcurrentConfiguration#NO_CRASH} when it shows without
 *     a power cut
 * @param format size and block size 0 and no options for the target's own choice
 * @param kind what is wrong: the kind of the trouble
 * @param sentence the same in words, for people; not compared
 * @param steps what the processes did, step by step, when it was saved
 * @param traceHash hash of everything that happened then, in hexadecimal digits
 */
public record ConcurrentCase(
        String target,
        @Nullable String defect,
        String crash,
        FormatRequest format,
        String mountOptions,
        ConcurrentScenario scenario,
        String kind,
        String sentence,
        List<String> steps,
        String traceHash) {

    public ConcurrentCase {
        steps = List.copyOf(steps);
    }
}
