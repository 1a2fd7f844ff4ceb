package dev.powercut.check.promises;

import dev.powercut.check.model.Effect;
import dev.powercut.check.target.Guarantees;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds {@link Promises} from the marks of a recording that somebody else made: what was promised, path by path. Calls come in
 * the order of the log; each counts from the position set by {@link #at}. Paths are relative to the root of the filesystem,
 * without a leading slash. What no mark speaks of is not judged.
 */
public final class MarkPromises {

    private static final Guarantees NOTHING_MORE = new Guarantees(false, false, false, false, 1, List.of());
    private static final int BEFORE_ALL = -1;

    private final List<TrackedFile> files = new ArrayList<>();
    private final TreeMap<String, TrackedFile> directories = new TreeMap<>();
    private final List<Integer> positions = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private int position = -1;
    private int entryCellCount;

    public MarkPromises() {
        newDirectory("");
    }

    /**
     * Sets the position of the following marks.
     *
     * @param newPosition index in the log of the mark; does not decrease
     */
    public MarkPromises at(int newPosition) {
        if (newPosition < position) {
            throw new IllegalArgumentException("position " + newPosition + " comes after position " + position);
        }
        position = newPosition;
        return this;
    }

    /** These paths, and all below them, are about to change: anything is legal there until the next promise. */
    public MarkPromises begin(String... paths) {
        int mark = mark("begin " + String.join(" ", paths));
        for (String path : paths) {
            anything(cell(path), mark);
            for (Map.Entry<String, TrackedFile> directory :
                    directories.tailMap(path, true).entrySet()) {
                if (directory.getKey().equals(path) || directory.getKey().startsWith(path + "/")) {
                    directory.getValue().entries.forEach(cell -> anything(cell, mark));
                }
            }
        }
        return this;
    }

    /** The path is a regular file with this content, and stays so. Its ancestors are directories. */
    public MarkPromises promiseFile(String path, String sha256) {
        int mark = mark("file " + path + " with " + sha256);
        promise(path, newFile(mark, sha256, false).id, mark);
        return this;
    }

    /** If there is a regular file at the path, it has this content: the file was synced, its directory not yet. */
    public MarkPromises promiseContent(String path, String sha256) {
        int mark = mark("content of " + path + " with " + sha256);
        promiseEntry(cell(path), newFile(mark, sha256, true).id, mark);
        return this;
    }

    /** The path is a regular file with the old content or with the new one, whole; from here on. */
    public MarkPromises promiseOneOf(String path, String oldSha256, String newSha256) {
        int mark = mark("file " + path + " with " + oldSha256 + " or " + newSha256);
        promise(path, newFile(mark, oldSha256, false).id, mark);
        cell(path).add(EntryCell.stamp(mark), newFile(mark, newSha256, false).id);
        return this;
    }

    public MarkPromises promiseAbsent(String path) {
        int mark = mark("nothing at " + path);
        promiseEntry(cell(path), Effect.ABSENT, mark);
        return this;
    }

    public MarkPromises promiseDirectory(String path) {
        int mark = mark("directory " + path);
        promise(path, directory(path).id, mark);
        return this;
    }

    public MarkPromises promiseSymlink(String path, String target) {
        int mark = mark("symbolic link " + path + " to " + target);
        TrackedFile link = new TrackedFile(files.size(), mark, Mode.SYMLINK, false);
        link.symlinkTarget = target;
        files.add(link);
        promise(path, link.id, mark);
        return this;
    }

    public Promises build() {
        int[] begins = positions.stream().mapToInt(Integer::intValue).toArray();
        int[] numbers = new int[begins.length];
        int[] writtenFiles = new int[begins.length];
        Arrays.setAll(numbers, mark -> mark);
        Arrays.fill(writtenFiles, -1);
        Timeline timeline = new Timeline(begins, numbers, texts.toArray(new String[0]), begins);
        return new Promises(timeline, NOTHING_MORE, files, List.of(), entryCellCount, new PromiseList(), writtenFiles);
    }

    private int mark(String text) {
        if (position < 0) {
            throw new IllegalStateException("no position was set");
        }
        positions.add(position);
        texts.add("the mark at " + position + " (" + text + ")");
        return positions.size() - 1;
    }

    private TrackedFile newFile(int mark, String sha256, boolean optional) {
        TrackedFile file = new TrackedFile(files.size(), mark, Mode.REGULAR, false);
        file.digest = sha256;
        file.optional = optional;
        files.add(file);
        return file;
    }

    private TrackedFile newDirectory(String path) {
        TrackedFile directory = new TrackedFile(files.size(), BEFORE_ALL, Mode.DIRECTORY, false);
        files.add(directory);
        directories.put(path, directory);
        return directory;
    }

    private TrackedFile directory(String path) {
        TrackedFile known = directories.get(path);
        return known != null ? known : newDirectory(path);
    }

    private EntryCell cell(String path) {
        int slash = path.lastIndexOf('/');
        TrackedFile holder = directory(slash < 0 ? "" : path.substring(0, slash));
        String name = path.substring(slash + 1);
        int at = holder.search(name);
        if (at >= 0) {
            return holder.entries.get(at);
        }
        EntryCell cell = new EntryCell(entryCellCount++, holder, name);
        cell.promises = new PromiseList();
        cell.add(EntryCell.stamp(BEFORE_ALL), EntryCell.ANY);
        holder.entries.add(-at - 1, cell);
        return cell;
    }

    private static void anything(EntryCell cell, int mark) {
        if (cell.file(cell.count() - 1) != EntryCell.ANY) {
            cell.add(EntryCell.stamp(mark), EntryCell.ANY);
        }
    }

    /** Promises a path and that its ancestors are directories. */
    private void promise(String path, int file, int mark) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            EntryCell cell = cell(above);
            if (cell.file(cell.count() - 1) != directory(above).id) {
                promiseEntry(cell, directory(above).id, mark);
            }
        }
        promiseEntry(cell(path), file, mark);
    }

    private void promiseEntry(EntryCell cell, int file, int mark) {
        int version = cell.add(EntryCell.stamp(mark), file);
        PromiseList promises = cell.promises;
        if (promises != null) {
            promises.add(position, version);
        }
    }
}
