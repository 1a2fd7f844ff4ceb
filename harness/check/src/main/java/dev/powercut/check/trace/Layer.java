package dev.powercut.check.trace;

import org.jspecify.annotations.Nullable;

/** A layer of the machine, from the program down. */
enum Layer {
    SYSTEM_CALL("system call"),
    VFS("VFS"),
    PAGE_CACHE("page cache"),
    FILESYSTEM("filesystem"),
    BLOCK_LAYER("block layer"),
    DISK("disk");

    private static final String KERNEL = "dev.powercut.kernel.";

    private final String words;

    Layer(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** The layer that a class belongs to; null for what carries the simulation. */
    static @Nullable Layer of(String className) {
        if (className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("dev.powercut.sim.")
                || className.startsWith("dev.powercut.check.")) {
            return null;
        }
        if (!className.startsWith(KERNEL)) {
            return FILESYSTEM;
        }
        String rest = className.substring(KERNEL.length());
        if (rest.startsWith("vfs.Page")
                || rest.startsWith("vfs.WriteBack")
                || rest.startsWith("vfs.Flusher")
                || rest.startsWith("cache.Page")) {
            // The walk along a path is in a class of its own name.
            return rest.startsWith("vfs.PathWalk") ? VFS : PAGE_CACHE;
        }
        if (rest.startsWith("vfs.")) {
            return VFS;
        }
        return rest.startsWith("cache.") || rest.startsWith("block.") ? BLOCK_LAYER : SYSTEM_CALL;
    }
}
