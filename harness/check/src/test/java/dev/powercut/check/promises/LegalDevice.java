package dev.powercut.check.promises;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.History;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A device that after a power cut holds a legal version of everything, worked out from the models before and after each
 * operation in the plainest way: to find out what a file, a name or a byte may be, look at each model in turn.
 */
final class LegalDevice {

    /** What may be done to a legal tree to make it illegal. */
    enum Mutation {
        REMOVE_PROMISED_NAME,
        ADD_UNKNOWN_NAME,
        PUT_ANOTHER_INODE,
        CHANGE_MODE,
        CHANGE_OWNER,
        CHANGE_TIME,
        CHANGE_BYTE,
        CHANGE_SIZE,
        CHANGE_TARGET
    }

    private final History history;
    private final long granularityNanos;

    /** Models 0 to {@code begun}: before the first operation, and after each that had begun. */
    private final List<Model> models = new ArrayList<>();

    private final int begun;

    /** By file id: contents, then attributes, are promised as model number … had them. */
    private final TreeMap<Integer, Integer> contentPromises = new TreeMap<>();

    private final TreeMap<Integer, Integer> attributePromises = new TreeMap<>();
    private int syncPromise;

    LegalDevice(History history, int position, Guarantees guarantees) {
        this.history = history;
        this.granularityNanos = guarantees.timestampGranularityNanos();
        models.add(history.initial());
        for (int i = 0; i < history.entries().size(); i++) {
            History.Entry entry = history.entries().get(i);
            if (entry.beginPosition() >= position) {
                break;
            }
            models.add(entry.after());
            for (Effect effect : entry.effects()) {
                if (entry.endPosition() < position) {
                    promise(effect, i);
                }
            }
        }
        begun = models.size() - 1;
    }

    private void promise(Effect effect, int model) {
        if (effect instanceof Effect.Synced(int file, boolean attributes)) {
            contentPromises.merge(file, model, Math::max);
            if (attributes) {
                attributePromises.merge(file, model, Math::max);
            }
        } else if (effect instanceof Effect.AllSynced) {
            syncPromise = model;
        }
    }

    History history() {
        return history;
    }

    private int contentPromise(int file) {
        return firstWith(file, Math.max(syncPromise, contentPromises.getOrDefault(file, 0)));
    }

    private int attributePromise(int file) {
        return firstWith(file, Math.max(syncPromise, attributePromises.getOrDefault(file, 0)));
    }

    /** The first model from one on that has a file. */
    private int firstWith(int file, int from) {
        int model = from;
        while (models.get(model).find(file) == null) {
            model++;
        }
        return model;
    }

    /** The number of a model, at most {@code model}, that still has the file. */
    private int lastWith(int file, int model) {
        int last = model;
        while (models.get(last).find(file) == null) {
            last--;
        }
        return last;
    }

    private ModelFile version(int file, int model) {
        return Objects.requireNonNull(models.get(lastWith(file, model)).find(file));
    }

    private int draw(Choices choices, int low) {
        return low + choices.choose("model", begun - low + 1);
    }

    /** A tree in which each cell has a legal version of its own. */
    TestTree independentVersions(Choices choices) {
        Builder builder = new Builder(
                choices, directory -> name -> entryAt(directory, name, draw(choices, contentPromise(directory))));
        builder.independentChunks = true;
        return builder.build();
    }

    /** A tree whose names are those of one moment, and whose sizes cover written data only. */
    TestTree namesOfOneMoment(Choices choices) {
        int moment = draw(choices, namePromise());
        return new Builder(choices, directory -> name -> entryAt(directory, name, moment)).build();
    }

    /** The latest model that some promise about names asks for. */
    private int namePromise() {
        int latest = syncPromise;
        for (Map.Entry<Integer, Integer> promise : contentPromises.entrySet()) {
            ModelFile file = models.get(firstWith(promise.getKey(), 0)).find(promise.getKey());
            if (file != null && file.isDirectory()) {
                latest = Math.max(latest, promise.getValue());
            }
        }
        return latest;
    }

    private int entryAt(int directory, String name, int model) {
        return version(directory, Math.max(model, firstWith(directory, 0)))
                .entries()
                .find(name);
    }

    private TreeSet<String> names(int directory) {
        TreeSet<String> names = new TreeSet<>();
        for (Model model : models) {
            ModelFile file = model.find(directory);
            if (file != null) {
                names.addAll(file.entries().names());
            }
        }
        return names;
    }

    private final class Builder {
        private final Choices choices;
        private final Function<Integer, Function<String, Integer>> entries;
        private final TreeMap<Integer, TestTree.File> made = new TreeMap<>();
        private final TreeMap<Long, Integer> takenInodes = new TreeMap<>();
        private boolean independentChunks;

        Builder(Choices choices, Function<Integer, Function<String, Integer>> entries) {
            this.choices = choices;
            this.entries = entries;
        }

        TestTree build() {
            return TestTree.of(file(Model.ROOT));
        }

        private TestTree.File file(int id) {
            TestTree.File known = made.get(id);
            if (known != null) {
                return known;
            }
            TestTree.File file = new TestTree.File();
            made.put(id, file);
            ModelFile any = version(id, begun);
            takenInodes.put(any.inodeNumber(), id);
            file.id = id;
            file.inode = any.inodeNumber();
            file.target = any.symlinkTarget();
            file.mode = version(id, draw(choices, attributePromise(id))).mode();
            ModelFile owned = version(id, draw(choices, attributePromise(id)));
            file.uid = owned.uid();
            file.gid = owned.gid();
            file.modifiedNanos =
                    version(id, draw(choices, attributePromise(id))).modifiedNanos();
            if (any.isRegular()) {
                file.data = data(id);
            } else if (any.isDirectory()) {
                for (String name : names(id)) {
                    int entry = entries.apply(id).apply(name);
                    if (entry != Effect.ABSENT && isFree(entry)) {
                        file.entries.put(name, file(entry));
                    } else if (entry != Effect.ABSENT) {
                        file.entries.put(name, taken(id, name));
                    }
                }
                file.entries.values().removeIf(child -> child.mode == 0);
            }
            return file;
        }

        /** Whether nothing else in the tree has the inode number that this file had. */
        private boolean isFree(int id) {
            Integer other = takenInodes.get(version(id, begun).inodeNumber());
            return other == null || other == id;
        }

        /** Two files cannot have one inode: give the name to another legal file, or to none if that is legal. */
        private TestTree.File taken(int directory, String name) {
            for (int model = contentPromise(directory); model <= begun; model++) {
                int entry = entryAt(directory, name, model);
                if (entry == Effect.ABSENT) {
                    return new TestTree.File();
                }
                if (isFree(entry)) {
                    return file(entry);
                }
            }
            throw new TestAbortedException("one inode number would stand for two files");
        }

        private byte[] data(int id) {
            int promise = contentPromise(id);
            int sizeModel = draw(choices, promise);
            int size = (int) version(id, sizeModel).sizeBytes();
            byte[] data = new byte[size];
            byte[] sector = new byte[512];
            for (int at = 0; at < size; at += 512) {
                int end = Math.min(size, at + 512);
                int model = draw(choices, promise);
                if (!independentChunks) {
                    model = Math.max(model, neededModel(id, promise, sizeModel, at, end));
                }
                version(id, model).contents().copyTo(at, sector, 0, 512);
                System.arraycopy(sector, 0, data, at, end - at);
            }
            return data;
        }

        /** The last operation up to the one that gave the size that made the file longer over bytes of a sector. */
        private int neededModel(int id, int promise, int sizeModel, int from, int to) {
            int needed = promise;
            for (int model = promise + 1; model <= lastWith(id, sizeModel); model++) {
                long before = version(id, model - 1).sizeBytes();
                long after = version(id, model).sizeBytes();
                if (after > before && before < to && after > from) {
                    needed = model;
                }
            }
            return needed;
        }
    }

    /** Makes one change that no legal version explains. Returns false when there is nothing that it could be made to. */
    boolean makeIllegal(TestTree tree, Mutation mutation, Choices choices) {
        List<TestTree.File> files = new ArrayList<>(new TreeMap<>(byPath(tree)).values());
        int start = choices.choose("file", files.size());
        for (int i = 0; i < files.size(); i++) {
            if (change(files.get((start + i) % files.size()), mutation)) {
                return true;
            }
        }
        return false;
    }

    private static TreeMap<String, TestTree.File> byPath(TestTree tree) {
        TreeMap<String, TestTree.File> files = new TreeMap<>();
        collect(tree.root, "/", files);
        return files;
    }

    private static void collect(TestTree.File file, String path, TreeMap<String, TestTree.File> files) {
        files.put(path, file);
        file.entries.forEach((name, child) -> collect(child, path + name + "/", files));
    }

    private boolean change(TestTree.File file, Mutation mutation) {
        boolean directory = Mode.isDirectory(file.mode);
        boolean regular = Mode.isRegular(file.mode);
        switch (mutation) {
            case REMOVE_PROMISED_NAME -> {
                String name = directory ? promisedName(file) : null;
                return name != null && file.entries.remove(name) != null;
            }
            case ADD_UNKNOWN_NAME -> {
                return directory && file.entries.put("never", new TestTree.File()) == null;
            }
            case PUT_ANOTHER_INODE -> {
                file.inode = 1_000_000;
                return file.id != Model.ROOT;
            }
            case CHANGE_MODE -> file.mode ^= 06000;
            case CHANGE_OWNER -> file.uid = 99;
            case CHANGE_TIME -> file.modifiedNanos -= 5_000_000_000_000L + granularityNanos;
            case CHANGE_BYTE -> {
                // No unit of written data holds this byte.
                if (!regular || file.data.length == 0) {
                    return false;
                }
                file.data[file.data.length / 2] = (byte) 0xEE;
            }
            case CHANGE_SIZE -> {
                int size = regular ? illegalSize(file) : -1;
                file.data = size < 0 ? file.data : Arrays.copyOf(file.data, size);
                return size >= 0;
            }
            case CHANGE_TARGET -> {
                file.target += "x";
                return Mode.isSymlink(file.mode);
            }
        }
        return true;
    }

    private @Nullable String promisedName(TestTree.File directory) {
        for (String name : directory.entries.keySet()) {
            boolean mayBeAbsent = false;
            for (int model = contentPromise(directory.id); model <= begun; model++) {
                mayBeAbsent |= entryAt(directory.id, name, model) == Effect.ABSENT;
            }
            if (!mayBeAbsent) {
                return name;
            }
        }
        return null;
    }

    /** A size that no file with the same inode number ever had, and no multiple of a sector. */
    private int illegalSize(TestTree.File file) {
        TreeSet<Long> sizes = new TreeSet<>();
        for (Model model : models) {
            for (int id = 0; id < model.idLimit(); id++) {
                ModelFile version = model.find(id);
                if (version != null && version.inodeNumber() == file.inode) {
                    sizes.add(version.sizeBytes());
                }
            }
        }
        int size = file.data.length + 1;
        while (sizes.contains((long) size) || size % 512 == 0) {
            size++;
        }
        return size;
    }
}
