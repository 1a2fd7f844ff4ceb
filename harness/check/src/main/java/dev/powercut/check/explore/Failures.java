package dev.powercut.check.explore;

import dev.powercut.check.oracle.Failure;
import dev.powercut.check.tree.UnreadableTreeException;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.MountException;
import java.util.List;

/** Tells the ways apart in which a target's code can fail. */
public final class Failures {

    private Failures() {}

    /** What an exception that a target threw stands for. */
    public static Failure of(Throwable thrown) {
        return switch (thrown) {
            case StepLimitException limit -> Failure.hang(limit);
            case dev.powercut.sim.StepLimitException limit -> Failure.hang(limit);
            case MountException mount ->
                new Failure("mount-refused-" + mount.errno().name(), String.valueOf(mount.getMessage()), List.of());
            case UnreadableTreeException tree ->
                new Failure(
                        tree.errno() == null
                                ? "unreadable-tree"
                                : "unreadable-tree-" + tree.errno().name(),
                        String.valueOf(tree.getMessage()),
                        List.of());
            case ErrnoException errno ->
                new Failure("errno-" + errno.errno().name(), String.valueOf(errno.getMessage()), List.of());
            default -> Failure.thrown(thrown);
        };
    }
}
