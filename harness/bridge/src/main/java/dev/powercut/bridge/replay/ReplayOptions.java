package dev.powercut.bridge.replay;

import dev.powercut.sim.disk.CrashModel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to replay, and how.
 *
 * @param base image of the device before the log, raw or {@code .gz}
 * @param log dm-log-writes log, raw or {@code .gz}
 * @param model what the device may lose
 * @param checks what to do with each crash state; at least one
 * @param type filesystem type for the check fsck, or null for the one that finds the base image sound
 * @param judge external checker that judges too, such as {@code e2fsck}, or null for none
 * @param judgeLimit how many crash images the external checker sees, spread evenly; 0 for all
 * @param stateLimit how many distinct crash images are examined, spread evenly; 0 for all
 */
public record ReplayOptions(
        Path base,
        Path log,
        CrashModel model,
        List<ReplayCheck> checks,
        @Nullable String type,
        @Nullable String judge,
        int judgeLimit,
        int stateLimit) {

    public ReplayOptions {
        checks = List.copyOf(checks);
        if (checks.isEmpty() || judgeLimit < 0 || stateLimit < 0) {
            throw new IllegalArgumentException("at least one check, and limits that are not negative");
        }
    }

    /** Every prefix, checked by the filesystem's own fsck and by the marks. */
    public ReplayOptions(Path base, Path log) {
        this(base, log, CrashModel.PREFIX, List.of(new ReplayCheck.Fsck()), null, null, 0, 0);
    }
}
