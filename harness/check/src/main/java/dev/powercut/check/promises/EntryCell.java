package dev.powercut.check.promises;

import dev.powercut.check.model.Effect;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Versions of what a name in a directory stands for: a file's id, {@link Effect#ABSENT} or {@link #ANY}.
 *
 * <p>Versions carry stamps: twice the operation's index plus one; what an operation may leave while it is under way, and before
 * its own version, has one less.
 */
final class EntryCell {

    /** Anything or nothing may be found. */
    static final int ANY = -2;

    /** Index among all entry cells, for a judge's scratch memory. */
    final int index;

    final TrackedFile directory;
    final String name;

    /** Promises about this name alone, by version; null when there are only promises about the whole directory. */
    @Nullable
    PromiseList promises;

    private int[] stamps = new int[2];
    private int[] files = new int[2];
    private int count;

    EntryCell(int index, TrackedFile directory, String name) {
        this.index = index;
        this.directory = directory;
        this.name = name;
    }

    static int stamp(int operation) {
        return 2 * operation + 1;
    }

    /** All stamps of operations below a limit are below this. */
    static int stampLimit(int operationLimit) {
        return 2 * operationLimit;
    }

    /** The operation of a stamp. */
    static int operationOf(int stamp) {
        return stamp >> 1;
    }

    /** Adds a version and returns its number. */
    int add(int stamp, int file) {
        if (count == stamps.length) {
            stamps = Arrays.copyOf(stamps, 2 * count);
            files = Arrays.copyOf(files, 2 * count);
        }
        stamps[count] = stamp;
        files[count] = file;
        return count++;
    }

    /** Lets the name be missing before the last version takes effect. */
    void mayBeMissingBeforeLast() {
        int stamp = stamps[count - 1];
        int file = files[count - 1];
        stamps[count - 1] = stamp - 1;
        files[count - 1] = Effect.ABSENT;
        add(stamp, file);
    }

    int count() {
        return count;
    }

    int stampOf(int version) {
        return stamps[version];
    }

    int file(int version) {
        return files[version];
    }

    /** The last version with a stamp below a limit, or -1 when there is none. */
    int lastBefore(int stampLimit) {
        int version = count - 1;
        while (version >= 0 && stamps[version] >= stampLimit) {
            version--;
        }
        return version;
    }
}
