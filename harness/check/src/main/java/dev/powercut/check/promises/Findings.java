package dev.powercut.check.promises;

import dev.powercut.check.model.Effect;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects violations, and knows how to put things into words. */
final class Findings {

    private final Promises promises;
    private final List<Violation> violations = new ArrayList<>();

    /** By directory id: the entry through which a directory was reached; null for the root. */
    private final @Nullable EntryCell[] ways;

    Findings(Promises promises) {
        this.promises = promises;
        this.ways = new @Nullable EntryCell[promises.files.size()];
    }

    void clear() {
        violations.clear();
    }

    int count() {
        return violations.size();
    }

    /** Takes out what came in after {@code count} others. */
    List<Violation> takeFrom(int count) {
        List<Violation> tail = violations.subList(count, violations.size());
        List<Violation> taken = List.copyOf(tail);
        tail.clear();
        return taken;
    }

    void putBack(List<Violation> taken) {
        violations.addAll(taken);
    }

    List<Violation> all() {
        return violations.isEmpty() ? List.of() : List.copyOf(violations);
    }

    /** @param operations indexes of operations; those below 0 are left out */
    void add(Violation.Kind kind, String path, List<String> expected, String found, String promise, int... operations) {
        List<Integer> numbers = new ArrayList<>();
        for (int operation : operations) {
            if (operation >= 0 && !numbers.contains(promises.timeline.number(operation))) {
                numbers.add(promises.timeline.number(operation));
            }
        }
        violations.add(new Violation(kind, path, expected, found, promise, numbers));
    }

    /** A directory was reached through an entry. */
    void reached(TrackedFile directory, @Nullable EntryCell through) {
        ways[directory.id] = through;
    }

    /** The entry through which a directory was reached; null for the root. */
    @Nullable
    EntryCell way(TrackedFile directory) {
        return ways[directory.id];
    }

    String path(@Nullable EntryCell cell) {
        return cell == null ? "/" : path(cell.directory, cell.name);
    }

    String path(TrackedFile directory, String name) {
        String above = path(ways[directory.id]);
        return above.equals("/") ? "/" + name : above + "/" + name;
    }

    /** The promise that an operation made, in words; empty for none. */
    String promise(int operation) {
        return operation < 0 ? "" : "promised by " + promises.timeline.text(operation);
    }

    /** By whom, in words. */
    String by(int operation) {
        return operation < 0 ? " (from the beginning)" : " (by " + promises.timeline.text(operation) + ")";
    }

    String words(int file) {
        if (file == Effect.ABSENT) {
            return "nothing";
        }
        if (file == EntryCell.ANY) {
            return "anything";
        }
        TrackedFile known = promises.files.get(file);
        String digest = known.digest;
        String words = type(known.type);
        if (digest != null) {
            return words + " with SHA-256 " + digest + (known.optional ? ", or nothing" : "");
        }
        return known.hasAttributes ? words + " made" + by(known.madeBy).replaceAll("[()]", "") : words;
    }

    static String words(@Nullable Node node) {
        if (node == null) {
            return "nothing";
        }
        String words = type(Mode.type(node.attributes().mode())) + " (inode "
                + node.attributes().inodeNumber() + ")";
        return node instanceof Node.RegularFile file
                ? words + " of " + file.contents().sizeBytes() + " bytes"
                : words;
    }

    static String type(int type) {
        return switch (type) {
            case Mode.REGULAR -> "file";
            case Mode.DIRECTORY -> "directory";
            case Mode.SYMLINK -> "symbolic link";
            case Mode.FIFO -> "FIFO";
            case Mode.SOCKET -> "socket";
            case Mode.BLOCK_DEVICE, Mode.CHARACTER_DEVICE -> "device";
            default -> "file of unknown type";
        };
    }
}
