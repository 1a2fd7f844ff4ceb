package dev.powercut.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recordings of real kernels in corpus/recordings. */
public final class Recordings {

    /** The recordings of ext2. */
    public static final List<String> EXT2 = List.of("a-ext2-1k", "b-ext2-sync", "c-ext2-1k", "d-ext2-sync");

    /** The recordings of ext3. */
    public static final List<String> EXT3 = List.of("a-ext3-journal", "a-ext3-ordered", "c-ext3-ordered");

    /** All of them. */
    public static final List<String> ALL =
            Stream.concat(EXT2.stream(), EXT3.stream()).toList();

    private Recordings() {}

    /** The type of filesystem that was recorded. */
    public static String type(String name) {
        return EXT3.contains(name) ? "ext3" : "ext2";
    }

    public static Path base(String name) {
        return folder().resolve(name + ".img0.gz");
    }

    public static Path log(String name) {
        return folder().resolve(name + ".log.gz");
    }

    /** The value of a line {@code key: value} in the recording's README. */
    public static String fact(String name, String key) {
        try {
            for (String line : Files.readAllLines(folder().resolve(name + ".README"))) {
                if (line.startsWith(key + ": ")) {
                    return line.substring(key.length() + 2);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("README of " + name + " has no line " + key);
    }

    /** Tests run in the module's folder or in the root of the tree. */
    private static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            Path folder = at.resolve("corpus/recordings");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        throw new AssertionError("no folder corpus/recordings above " + here);
    }
}
