package dev.powercut.check.promises;

import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.check.tree.FileContents;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A tree to be changed by hand and then made into {@link Node}s. */
final class TestTree {

    /** A file of any type, with everything open to change. */
    static final class File {
        int id;
        long inode;
        int mode;
        int uid;
        int gid;
        long modifiedNanos;
        byte[] data = {};
        String target = "";
        final TreeMap<String, File> entries = new TreeMap<>();

        @Nullable
        Node made;

        int names;
    }

    final File root;

    private TestTree(File root) {
        this.root = root;
    }

    static TestTree of(File root) {
        return new TestTree(root);
    }

    /** What a model holds; contents are read whole. */
    static TestTree of(Model model) {
        return new TestTree(file(model, Model.ROOT, new TreeMap<>()));
    }

    private static File file(Model model, int id, TreeMap<Integer, File> made) {
        File known = made.get(id);
        if (known != null) {
            return known;
        }
        ModelFile from = Objects.requireNonNull(model.find(id));
        File file = new File();
        made.put(id, file);
        file.id = id;
        file.inode = from.inodeNumber();
        file.mode = from.mode();
        file.uid = from.uid();
        file.gid = from.gid();
        file.modifiedNanos = from.modifiedNanos();
        file.target = from.symlinkTarget();
        if (from.isRegular()) {
            file.data = new byte[(int) from.sizeBytes()];
            from.contents().copyTo(0, file.data, 0, file.data.length);
        }
        for (int i = 0; i < from.entries().count(); i++) {
            file.entries.put(from.entries().name(i), file(model, from.entries().file(i), made));
        }
        return file;
    }

    File at(String path) {
        File at = root;
        for (String name : path.substring(1).split("/")) {
            if (!name.isEmpty()) {
                at = Objects.requireNonNull(at.entries.get(name), path);
            }
        }
        return at;
    }

    TestTree remove(String path) {
        parent(path).entries.remove(name(path));
        return this;
    }

    TestTree put(String path, File file) {
        parent(path).entries.put(name(path), file);
        return this;
    }

    TestTree resize(String path, int size) {
        at(path).data = Arrays.copyOf(at(path).data, size);
        return this;
    }

    TestTree zero(String path, int from, int to) {
        Arrays.fill(at(path).data, from, to, (byte) 0);
        return this;
    }

    TestTree overwrite(String path, int from, byte[] bytes) {
        System.arraycopy(bytes, 0, at(path).data, from, bytes.length);
        return this;
    }

    private File parent(String path) {
        return at(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Node.Directory build() {
        forget(root);
        count(root);
        return (Node.Directory) node(root);
    }

    private static void forget(File file) {
        file.made = null;
        file.names = 0;
        file.entries.values().forEach(TestTree::forget);
    }

    private static void count(File file) {
        if (file.names++ == 0) {
            file.entries.values().forEach(TestTree::count);
        }
    }

    private static Node node(File file) {
        if (file.made != null) {
            return file.made;
        }
        Node.Attributes attributes = new Node.Attributes(
                file.inode,
                file.mode,
                file.names,
                file.uid,
                file.gid,
                file.data.length,
                (file.data.length + 511) / 512,
                file.modifiedNanos);
        List<Node.Entry> entries = new ArrayList<>();
        file.entries.forEach((name, entry) -> entries.add(new Node.Entry(name, node(entry))));
        Node made = switch (Mode.type(file.mode)) {
            case Mode.DIRECTORY -> new Node.Directory(attributes, entries);
            case Mode.REGULAR -> new Node.RegularFile(attributes, FileContents.of(file.data.clone()));
            case Mode.SYMLINK -> new Node.Symlink(attributes, file.target);
            default -> new Node.Special(attributes, 0);
        };
        file.made = made;
        return made;
    }
}
