package dev.powercut.check.ace;

/** The names while one operation is fitted to them: what it needs and nobody has used yet is declared to stand there from the beginning. */
final class Draft {

    private long names;
    private final boolean anyName;
    private long initial;

    /** @param anyName whether a name may be used before the one that could stand for it just as well */
    Draft(long names, boolean anyName) {
        this.names = names;
        this.anyName = anyName;
    }

    long names() {
        return names;
    }

    /** What has been declared to stand there from the beginning. */
    long initial() {
        return initial;
    }

    int value(int name) {
        return Names.value(names, name);
    }

    void set(int name, int value) {
        names = Names.with(names, name, value);
    }

    void changeRoot() {
        names = Names.rootChanged(names);
    }

    /** Uses a name whose directory is there. False when it is not, or when another name must be used before. */
    private boolean use(int name) {
        if (!anyName && !Names.isNext(names, name)) {
            return false;
        }
        if (!Names.isTop(name)) {
            int parent = Names.parent(name);
            if (value(parent) == Names.OPEN) {
                declare(parent, Names.DIRECTORY);
            } else if (value(parent) != Names.DIRECTORY) {
                return false;
            }
            names = Names.used(names, parent);
        }
        names = Names.used(names, name);
        return true;
    }

    private void declare(int name, int value) {
        names = Names.with(names, name, value);
        initial = Names.with(initial, name, value);
    }

    /** Uses a name that is free. */
    boolean absent(int name) {
        if (!use(name)) {
            return false;
        }
        if (value(name) == Names.OPEN) {
            declare(name, Names.ABSENT);
        }
        return value(name) == Names.ABSENT;
    }

    /** Uses a name that stands for one of two things, by the second where nobody has used it yet. */
    boolean present(int name, int one, int other) {
        if (!use(name)) {
            return false;
        }
        if (value(name) == Names.OPEN) {
            declare(name, other);
        }
        return value(name) == one || value(name) == other;
    }

    /** Uses a name that stands for a regular file, one with content where nobody has used it yet. */
    boolean file(int name) {
        return present(name, Names.EMPTY_FILE, Names.FILE);
    }

    /** Uses a name that stands for anything but a directory. */
    boolean leaf(int name) {
        return present(name, Names.EMPTY_FILE, Names.FILE) || value(name) == Names.FIFO || value(name) == Names.SYMLINK;
    }

    /** Uses a name that stands for a directory. */
    boolean directory(int name) {
        return present(name, Names.DIRECTORY, Names.DIRECTORY);
    }

    /** Uses a name that stands for an empty directory. */
    boolean emptyDirectory(int name) {
        return directory(name) && (!Names.isTop(name) || isEmptied(name));
    }

    /** Declares that nothing stands in a directory that nobody has used; false when something does. */
    boolean isEmptied(int top) {
        for (int i = 0; i < Names.innerCount(); i++) {
            int inner = Names.inner(top, i);
            if (value(inner) == Names.OPEN) {
                set(inner, Names.ABSENT);
            } else if (value(inner) != Names.ABSENT) {
                return false;
            }
        }
        return true;
    }

    /** Two names stand for one file from now on. */
    void link(int name, int other) {
        names = Names.linked(Names.linked(names, name), other);
    }

    /** Whether two names may stand for one file: then a rename of one to the other does nothing. */
    boolean areLinks(int name, int other) {
        return Names.isLinked(names, name) && Names.isLinked(names, other);
    }

    void moveLink(int from, int to) {
        names = Names.isLinked(names, from) ? Names.linked(names, to) : Names.unlinked(names, to);
        names = Names.unlinked(names, from);
    }

    /** What stood in a directory now stands in another; names that were used in the one count as used in the other. */
    void moveInner(int from, int to) {
        moveLink(from, to);
        set(to, value(from) == Names.OPEN ? Names.ABSENT : value(from));
        set(from, Names.ABSENT);
        if (Names.isUsed(names, from)) {
            names = Names.used(names, to);
        }
    }
}
