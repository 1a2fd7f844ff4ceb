package dev.powercut.check.model;

import dev.powercut.check.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Makes a model of a tree that was found; files that have several names come in once. */
final class TreeImport {

    private final List<ModelFile> files = new ArrayList<>();
    private final TreeMap<Long, Integer> idByInode = new TreeMap<>();

    Model read(Node.Directory root) {
        importDirectory(root, Model.ROOT);
        PersistentArray<ModelFile> array = PersistentArray.empty();
        for (ModelFile file : files) {
            array = array.with(file.id(), file);
        }
        return new Model(array, files.size(), new Caller(0, 0, 022), new int[0]);
    }

    private int importNode(Node node, int parent) {
        if (node instanceof Node.Directory directory) {
            return importDirectory(directory, parent);
        }
        Integer known = idByInode.get(node.attributes().inodeNumber());
        if (known != null) {
            ModelFile file = files.get(known);
            files.set(known, file.withLinkCount(file.linkCount() + 1));
            return known;
        }
        int id = files.size();
        idByInode.put(node.attributes().inodeNumber(), id);
        files.add(file(node, id, parent, Entries.EMPTY));
        return id;
    }

    private int importDirectory(Node.Directory directory, int parent) {
        int id = files.size();
        files.add(file(directory, id, parent, Entries.EMPTY));
        int count = directory.entries().size();
        String[] names = new String[count];
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            names[i] = directory.entries().get(i).name();
            ids[i] = importNode(directory.entries().get(i).node(), id);
        }
        files.set(id, files.get(id).withEntries(Entries.ofSorted(names, ids)));
        return id;
    }

    private static ModelFile file(Node node, int id, int parent, Entries entries) {
        Node.Attributes attributes = node.attributes();
        Contents contents = node instanceof Node.RegularFile regular ? Contents.of(regular.contents()) : Contents.EMPTY;
        return new ModelFile(
                id,
                attributes.inodeNumber(),
                attributes.mode(),
                attributes.uid(),
                attributes.gid(),
                1,
                0,
                node instanceof Node.Directory ? 0 : attributes.sizeBytes(),
                attributes.modifiedNanos(),
                contents,
                entries,
                parent,
                node instanceof Node.Symlink symlink ? symlink.linkTarget() : "");
    }
}
