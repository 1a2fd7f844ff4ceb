package dev.powercut.check.oracle;

import dev.powercut.check.promises.Violation.Kind;
import dev.powercut.sim.OperationId;
import java.util.List;

/** Turns what the promises package says into violations of an oracle. */
final class PromiseViolations {

    private PromiseViolations() {}

    static Violation of(dev.powercut.check.promises.Violation broken) {
        Kind kind = broken.kind();
        // Workloads run as task 0 of machine 0; a step's number is its operation's sequence number.
        OperationId promisedBy =
                broken.promise().isEmpty() || broken.operations().isEmpty()
                        ? null
                        : new OperationId(0, 0, broken.operations().getFirst());
        return new Violation(
                grade(kind),
                kind.word(),
                broken.text(),
                broken.promise().isEmpty() ? kind.meaning() : broken.promise(),
                List.of(),
                List.of(new Difference(broken.path(), broken.expected(), broken.found(), true, promisedBy)),
                broken.operations());
    }

    private static Grade grade(Kind kind) {
        return kind == Kind.STALE_DATA ? Grade.ADVISORY : isInvented(kind) ? Grade.POSIX : Grade.BROKEN_PROMISE;
    }

    /** Whether the thing found never was, rather than being too old. */
    static boolean isInvented(Kind kind) {
        return switch (kind) {
            case UNKNOWN_ENTRY,
                    WRONG_INODE,
                    WRONG_TYPE,
                    WRONG_TARGET,
                    WRONG_CONTENT,
                    MIXED_DATA,
                    FOREIGN_DATA,
                    GARBAGE,
                    STALE_DATA -> true;
            case LOST_ENTRY,
                    RESURRECTED_ENTRY,
                    STALE_ENTRY,
                    WRONG_ATTRIBUTES,
                    WRONG_SIZE,
                    LOST_DATA,
                    STALE_ZEROES,
                    UNWRITTEN_DATA,
                    NEITHER_OLD_NOR_NEW,
                    OUT_OF_ORDER -> false;
        };
    }
}
