package dev.powercut.check.promises;

import dev.powercut.check.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Mode, owner and modification time: each is one of its legal versions, independently of the others. */
final class AttributeJudge {

    private final Cut cut;
    private final Findings findings;
    private final long granularityNanos;

    AttributeJudge(Promises promises, Cut cut, Findings findings) {
        this.cut = cut;
        this.findings = findings;
        this.granularityNanos = promises.guarantees.timestampGranularityNanos();
    }

    /** @param cell where the node was found, null for the root */
    void judge(Node node, TrackedFile file, @Nullable EntryCell cell) {
        Node.Attributes found = node.attributes();
        int promise = cut.attributePromise(file);
        long owner = (long) found.uid() << 32 | found.gid() & 0xFFFF_FFFFL;
        long modified = Math.floorDiv(found.modifiedNanos(), granularityNanos);
        check(file.mode, found.mode(), promise, cell, "mode ", mode -> String.format("%04o", mode & 07777));
        check(file.owner, owner, promise, cell, "owner ", ids -> (ids >> 32) + ":" + (int) ids);
        check(file.modified, modified, promise, cell, "modified ", this::seconds);
    }

    private void check(
            LongCell versions,
            long found,
            int promise,
            @Nullable EntryCell cell,
            String what,
            LongFunction<String> words) {
        int high = versions.lastBefore(cut.begun());
        int low = versions.lastBefore(Math.max(promise, 0));
        if (versions.has(found, low, high)) {
            return;
        }
        List<String> expected = new ArrayList<>();
        for (int version = low; version <= high; version++) {
            expected.add(what + words.apply(versions.value(version)) + findings.by(versions.operation(version)));
        }
        findings.add(
                Violation.Kind.WRONG_ATTRIBUTES,
                findings.path(cell),
                expected,
                what + words.apply(found),
                findings.promise(promise),
                versions.operation(low),
                promise);
    }

    private String seconds(long stored) {
        return String.format("%.3f", stored * (double) granularityNanos / 1e9);
    }
}
