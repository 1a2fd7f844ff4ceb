package dev.powercut.bridge.replay;

import dev.powercut.check.tree.Node;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds files in a recovered tree. What fsck put into the root's {@code lost+found} is not the workload's. */
final class TreeFiles {

    private static final String LOST_AND_FOUND = "lost+found";

    private TreeFiles() {}

    /** All regular files by path, without a leading slash, in ascending order of the paths. */
    static Map<String, Node.RegularFile> regular(Node.Directory root) {
        Map<String, Node.RegularFile> files = new TreeMap<>();
        for (Node.Entry entry : root.entries()) {
            if (!entry.name().equals(LOST_AND_FOUND)) {
                collect(entry.name(), entry.node(), files);
            }
        }
        return files;
    }

    private static void collect(String path, Node node, Map<String, Node.RegularFile> files) {
        switch (node) {
            case Node.RegularFile file -> files.put(path, file);
            case Node.Directory directory -> {
                for (Node.Entry entry : directory.entries()) {
                    collect(path + "/" + entry.name(), entry.node(), files);
                }
            }
            case Node.Symlink link -> {}
            case Node.Special special -> {}
        }
    }

    /** What a directory has under a name, or null. */
    static @Nullable Node entry(Node.Directory directory, String name) {
        for (Node.Entry entry : directory.entries()) {
            if (entry.name().equals(name)) {
                return entry.node();
            }
        }
        return null;
    }

    /** The regular file at a path below a directory, or null when there is none. */
    static Node.@Nullable RegularFile file(Node.Directory root, String path) {
        Node at = root;
        for (String name : path.split("/", -1)) {
            Node next = at instanceof Node.Directory directory ? entry(directory, name) : null;
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at instanceof Node.RegularFile file ? file : null;
    }

    /** All bytes of a file of ordinary size. */
    static byte[] bytes(Node.RegularFile file) {
        byte[] bytes = new byte[Math.toIntExact(file.contents().sizeBytes())];
        file.contents().copyTo(0, bytes, 0, bytes.length);
        return bytes;
    }
}
