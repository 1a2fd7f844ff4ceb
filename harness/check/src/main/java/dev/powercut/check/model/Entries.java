package dev.powercut.check.model;

import java.util.Arrays;
import java.util.List;

/** The entries of a directory: names in ascending order, each with the id of a file. Immutable. */
public final class Entries {

    static final Entries EMPTY = new Entries(new String[0], new int[0]);

    private final String[] names;
    private final int[] files;

    private Entries(String[] names, int[] files) {
        this.names = names;
        this.files = files;
    }

    /** From names that are sorted already; the arrays are not to be changed. */
    static Entries ofSorted(String[] names, int[] files) {
        return new Entries(names, files);
    }

    public int count() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    public int file(int index) {
        return files[index];
    }

    /** The file that a name stands for, or {@link Effect#ABSENT}. */
    public int find(String name) {
        int at = Arrays.binarySearch(names, name);
        return at < 0 ? Effect.ABSENT : files[at];
    }

    Entries with(String name, int file) {
        int at = Arrays.binarySearch(names, name);
        if (at >= 0) {
            int[] changed = files.clone();
            changed[at] = file;
            return new Entries(names, changed);
        }
        int insert = -at - 1;
        String[] moreNames = new String[names.length + 1];
        int[] moreFiles = new int[names.length + 1];
        System.arraycopy(names, 0, moreNames, 0, insert);
        System.arraycopy(files, 0, moreFiles, 0, insert);
        moreNames[insert] = name;
        moreFiles[insert] = file;
        System.arraycopy(names, insert, moreNames, insert + 1, names.length - insert);
        System.arraycopy(files, insert, moreFiles, insert + 1, names.length - insert);
        return new Entries(moreNames, moreFiles);
    }

    Entries without(String name) {
        int at = Arrays.binarySearch(names, name);
        if (at < 0) {
            return this;
        }
        String[] fewerNames = new String[names.length - 1];
        int[] fewerFiles = new int[names.length - 1];
        System.arraycopy(names, 0, fewerNames, 0, at);
        System.arraycopy(files, 0, fewerFiles, 0, at);
        System.arraycopy(names, at + 1, fewerNames, at, names.length - at - 1);
        System.arraycopy(files, at + 1, fewerFiles, at, names.length - at - 1);
        return new Entries(fewerNames, fewerFiles);
    }

    public List<String> names() {
        return List.of(names);
    }
}
