package dev.powercut.check.concurrent;

import dev.powercut.kernel.vfs.LockRule;
import dev.powercut.kernel.vfs.LockRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A defect of locking that can be planted in the kernel, whatever the target.
 *
 * @param name as on the command line
 * @param summary one line for people: what it does wrong
 * @param rule the rule of locking that is not kept
 */
public record ConcurrencyDefect(String name, String summary, LockRule rule) {

    /** All of them. */
    public static List<ConcurrencyDefect> all() {
        List<ConcurrencyDefect> all = new ArrayList<>();
        for (LockRule rule : LockRule.values()) {
            all.add(of(rule));
        }
        return all;
    }

    /** The one with a name, or null. */
    public static @Nullable ConcurrencyDefect find(String name) {
        for (ConcurrencyDefect defect : all()) {
            if (defect.name.equals(name)) {
                return defect;
            }
        }
        return null;
    }

    /** The rules of locking that are left. */
    public LockRules rules() {
        return LockRules.ALL.without(rule);
    }

    private static ConcurrencyDefect of(LockRule rule) {
        return switch (rule) {
            case DIRECTORIES_IN_ORDER ->
                new ConcurrencyDefect(
                        "rename-locks-unordered",
                        "rename locks its two directories in the order of its arguments, without the rename lock",
                        rule);
            case NAME_SEEN_AND_MADE_AT_ONCE ->
                new ConcurrencyDefect(
                        "create-checks-then-acts",
                        "a name is made after the directory was let go in which it was seen to be free",
                        rule);
            case LOOKING_AND_WAITING_AT_ONCE ->
                new ConcurrencyDefect(
                        "wake-up-lost",
                        "who finds an inode locked goes to sleep without looking again: the wake-up may be past",
                        rule);
            case READING_HOLDS_FILE ->
                new ConcurrencyDefect(
                        "read-races-with-truncate",
                        "reading pages in takes no lock, so that a truncation meanwhile is undone in memory",
                        rule);
            case READ_AHEAD_HOLDS_FILE ->
                new ConcurrencyDefect(
                        "read-ahead-races-with-truncate",
                        "read-ahead takes no lock, and puts in what it has read when the file has been cut off meanwhile",
                        rule);
            case WRITE_BACK_LOOKS_UNDER_LOCK ->
                new ConcurrencyDefect(
                        "write-back-races-with-truncate",
                        "write-back writes the pages that it saw before it had the lock, cut off or not",
                        rule);
            case WRITE_BACK_KEEPS_INODE ->
                new ConcurrencyDefect(
                        "write-back-races-with-unlink",
                        "write-back holds no reference to the inode, which may be deleted while it waits",
                        rule);
            case LAST_REFERENCE_SEEN_ONCE ->
                new ConcurrencyDefect(
                        "last-reference-dropped-twice",
                        "who gives up a reference looks later whether it was the last: two may find so",
                        rule);
            case LOOKUP_KEEPS_INODE ->
                new ConcurrencyDefect(
                        "lookup-without-reference",
                        "what a path walk has found is not kept, and may be deleted before it is used",
                        rule);
        };
    }
}
