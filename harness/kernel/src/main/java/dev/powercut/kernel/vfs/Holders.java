package dev.powercut.kernel.vfs;

import dev.powercut.sim.Task;
import org.jspecify.annotations.Nullable;

/** Knows who has what open or locked: for deadlock reports. */
public interface Holders {

    /** Nobody knows. */
    Holders NONE = (file, writers) -> null;

    /** Some task of a process that has an end of a pipe open, or null. */
    @Nullable
    Task holder(SpecialFile file, boolean writers);

    /** Some task of the process of a context, or null. */
    default @Nullable Task task(PathContext context) {
        return null;
    }
}
