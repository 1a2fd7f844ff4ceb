package dev.powercut.check.litmus;

import dev.powercut.check.model.Contents;
import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.check.promises.PromiseJudge;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.promises.Violation;
import dev.powercut.check.tree.FileContents;
import dev.powercut.check.tree.Node;
import dev.powercut.check.workload.History;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Every tree that the promises of a small history allow at a position. Each name, each size and each sector is taken from any
 * version that there was; of all the trees that gives, those stay that the judge has nothing against. For histories of a few steps
 * on files of a few sectors: the number of trees is the product of all versions.
 */
final class LegalTrees {

    private static final int SECTOR = Contents.CHUNK_BYTES;

    /** What nobody wrote. */
    private static final byte STALE = (byte) 0xA5;

    /** The versions that had begun at the position, the oldest first. */
    private final List<Model> models = new ArrayList<>();

    /** The variable parts met while a tree is made, and which version each takes; counted through like the digits of a number. */
    private final List<Integer> digits = new ArrayList<>();

    private final List<Integer> bounds = new ArrayList<>();
    private final boolean staleIsDeclared;
    private int next;

    private LegalTrees(History history, boolean staleIsDeclared, int position) {
        this.staleIsDeclared = staleIsDeclared;
        models.add(history.initial());
        for (History.Entry entry : history.entries()) {
            if (entry.beginPosition() < position) {
                models.add(entry.after());
            }
        }
    }

    /** Shows every legal tree at a position, some more than once. */
    static void forEach(History history, Promises promises, int position, Consumer<Node.Directory> use) {
        LegalTrees trees = new LegalTrees(history, promises.allowStaleData(), position);
        PromiseJudge judge = promises.newJudge();
        do {
            trees.next = 0;
            Node.Directory tree = trees.tree();
            if (isLegal(judge.judge(tree, position))) {
                use.accept(tree);
            }
        } while (trees.advance());
    }

    private static boolean isLegal(List<Violation> violations) {
        for (Violation violation : violations) {
            if (violation.kind() != Violation.Kind.STALE_DATA) {
                return false;
            }
        }
        return true;
    }

    /** To the next combination; false after the last. */
    private boolean advance() {
        while (digits.size() > next) {
            digits.removeLast();
            bounds.removeLast();
        }
        while (!digits.isEmpty() && digits.getLast() == bounds.getLast() - 1) {
            digits.removeLast();
            bounds.removeLast();
        }
        if (digits.isEmpty()) {
            return false;
        }
        digits.set(digits.size() - 1, digits.getLast() + 1);
        return true;
    }

    private int choose(int bound) {
        if (next == digits.size()) {
            digits.add(0);
            bounds.add(bound);
        }
        return digits.get(next++);
    }

    private Node.Directory tree() {
        return (Node.Directory) node(Model.ROOT, new TreeMap<>());
    }

    private Node node(int id, TreeMap<Integer, Node> made) {
        Node known = made.get(id);
        if (known != null) {
            return known;
        }
        List<ModelFile> versions = versions(id);
        ModelFile last = versions.getLast();
        Node node;
        if (last.isDirectory()) {
            node = directory(versions, made);
        } else if (last.isRegular()) {
            long size =
                    distinctSizes(versions).get(choose(distinctSizes(versions).size()));
            byte[] data = data(versions, (int) size);
            node = new Node.RegularFile(attributes(last, size, last.linkCount()), FileContents.of(data));
        } else if (last.isSymlink()) {
            node = new Node.Symlink(attributes(last, last.sizeBytes(), 1), last.symlinkTarget());
        } else {
            node = new Node.Special(attributes(last, 0, 1), 0);
        }
        made.put(id, node);
        return node;
    }

    private Node directory(List<ModelFile> versions, TreeMap<Integer, Node> made) {
        TreeSet<String> names = new TreeSet<>();
        versions.forEach(version -> names.addAll(version.entries().names()));
        List<Node.Entry> entries = new ArrayList<>();
        for (String name : names) {
            TreeSet<Integer> files = new TreeSet<>();
            versions.forEach(version -> files.add(version.entries().find(name)));
            int id = List.copyOf(files).get(choose(files.size()));
            if (id != Effect.ABSENT) {
                entries.add(new Node.Entry(name, node(id, made)));
            }
        }
        return new Node.Directory(attributes(versions.getLast(), 0, 1), entries);
    }

    private byte[] data(List<ModelFile> versions, int size) {
        byte[] data = new byte[size];
        byte[] sector = new byte[SECTOR];
        for (int at = 0; at < size; at += SECTOR) {
            int chosen = choose(versions.size() + (staleIsDeclared ? 1 : 0));
            if (chosen == versions.size()) {
                Arrays.fill(sector, STALE);
            } else {
                versions.get(chosen).contents().copyTo(at, sector, 0, SECTOR);
            }
            System.arraycopy(sector, 0, data, at, Math.min(SECTOR, size - at));
        }
        return data;
    }

    private List<ModelFile> versions(int id) {
        List<ModelFile> versions = new ArrayList<>();
        for (Model model : models) {
            ModelFile file = model.find(id);
            if (file != null && (versions.isEmpty() || versions.getLast() != file)) {
                versions.add(file);
            }
        }
        return versions;
    }

    private static List<Long> distinctSizes(List<ModelFile> versions) {
        TreeSet<Long> sizes = new TreeSet<>();
        versions.forEach(version -> sizes.add(version.sizeBytes()));
        return List.copyOf(sizes);
    }

    private static Node.Attributes attributes(ModelFile file, long size, int links) {
        return new Node.Attributes(
                file.inodeNumber(),
                file.mode(),
                Mode.isDirectory(file.mode()) ? 1 : links,
                file.uid(),
                file.gid(),
                size,
                (size + SECTOR - 1) / SECTOR,
                file.modifiedNanos());
    }
}
