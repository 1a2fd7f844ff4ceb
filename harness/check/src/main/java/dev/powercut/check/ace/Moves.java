package dev.powercut.check.ace;

import java.util.ArrayList;
import java.util.List;

/** Which core operations succeed where the names stand for something, in a fixed order, and which persistence points there are. */
final class Moves {

    /**
     * A core operation where it stands.
     *
     * @param second the second name, or {@link #NONE}
     * @param names what stands under the names after it
     * @param initial what it needs to have stood there from the beginning
     */
    record Move(CoreOperation operation, int first, int second, long names, long initial) {}

    static final int NONE = -1;

    private final long names;
    private final boolean anyName;
    private final List<Move> moves = new ArrayList<>();

    private Moves(long names, boolean anyName) {
        this.names = names;
        this.anyName = anyName;
    }

    /** @param anyName whether symmetric variants are wanted too */
    static List<Move> of(long names, boolean anyName) {
        Moves moves = new Moves(names, anyName);
        for (CoreOperation operation : CoreOperation.values()) {
            for (int name = 0; name < Names.COUNT; name++) {
                moves.add(operation, name);
            }
        }
        return List.copyOf(moves.moves);
    }

    private void add(CoreOperation operation, int name) {
        boolean fits = Names.isFileName(name)
                == switch (operation) {
                    case MKDIR, RMDIR -> false;
                    case RENAME, RENAME_OVER -> Names.isFileName(name);
                    default -> true;
                };
        if (!fits) {
            return;
        }
        switch (operation) {
            case LINK, RENAME, RENAME_OVER -> {
                for (int second = 0; second < Names.COUNT; second++) {
                    if (second != name && isSameSort(name, second)) {
                        addPair(operation, name, second);
                    }
                }
            }
            default -> addSingle(operation, name);
        }
    }

    private static boolean isSameSort(int name, int other) {
        return Names.isFileName(name) == Names.isFileName(other) && Names.isTop(name) == Names.isTop(other);
    }

    private void addSingle(CoreOperation operation, int name) {
        Draft draft = new Draft(names, anyName);
        boolean succeeds = switch (operation) {
            case CREAT -> made(draft, name, Names.EMPTY_FILE);
            case MKNOD -> made(draft, name, Names.FIFO);
            case SYMLINK -> made(draft, name, Names.SYMLINK);
            case MKDIR -> madeDirectory(draft, name);
            case UNLINK -> draft.leaf(name) && becomes(draft, name, Names.ABSENT);
            case RMDIR -> draft.emptyDirectory(name) && becomes(draft, name, Names.ABSENT);
            case CREAT_OVER -> withData(draft, name) && becomes(draft, name, Names.EMPTY_FILE);
            case APPEND, EXTEND, GROW, FALLOCATE -> draft.file(name) && becomes(draft, name, Names.FILE);
            case OVERWRITE, SHRINK, PUNCH, MMAP_WRITE -> withData(draft, name);
            case LINK, RENAME, RENAME_OVER -> false;
        };
        if (succeeds) {
            moves.add(new Move(operation, name, NONE, draft.names(), draft.initial()));
        }
    }

    private static boolean withData(Draft draft, int name) {
        return draft.present(name, Names.FILE, Names.FILE);
    }

    private static boolean made(Draft draft, int name, int value) {
        return draft.absent(name) && becomes(draft, name, value);
    }

    private static boolean madeDirectory(Draft draft, int name) {
        return draft.absent(name)
                && becomes(draft, name, Names.DIRECTORY)
                && (!Names.isTop(name) || draft.isEmptied(name));
    }

    private static boolean becomes(Draft draft, int name, int value) {
        draft.set(name, value);
        if (Names.isTop(name)) {
            draft.changeRoot();
        }
        return true;
    }

    private void addPair(CoreOperation operation, int from, int to) {
        Draft draft = new Draft(names, anyName);
        boolean succeeds = switch (operation) {
            case LINK -> draft.file(from) && draft.absent(to) && linked(draft, from, to);
            case RENAME -> source(draft, from) && draft.absent(to) && moved(draft, from, to);
            case RENAME_OVER ->
                source(draft, from) && target(draft, to) && !draft.areLinks(from, to) && moved(draft, from, to);
            default -> false;
        };
        if (succeeds) {
            moves.add(new Move(operation, from, to, draft.names(), draft.initial()));
        }
    }

    private static boolean linked(Draft draft, int from, int to) {
        becomes(draft, to, draft.value(from));
        draft.link(from, to);
        return true;
    }

    /** A directory of the first level that nobody has used yet has a file in it, which goes along. */
    private static boolean source(Draft draft, int name) {
        if (Names.isFileName(name)) {
            return draft.leaf(name);
        }
        boolean untouched = draft.value(name) == Names.OPEN;
        return draft.directory(name) && (!untouched || !Names.isTop(name) || draft.file(Names.inner(name, 0)));
    }

    private static boolean target(Draft draft, int name) {
        return Names.isFileName(name) ? draft.leaf(name) : draft.emptyDirectory(name);
    }

    private static boolean moved(Draft draft, int from, int to) {
        int value = draft.value(from);
        draft.moveLink(from, to);
        becomes(draft, to, value);
        becomes(draft, from, Names.ABSENT);
        if (Names.isTop(from)) {
            for (int i = 0; i < Names.innerCount(); i++) {
                draft.moveInner(Names.inner(from, i), Names.inner(to, i));
            }
        }
        return true;
    }

    /** What may be asked for after an operation: nothing, everything, or one of the things that have been used. */
    static List<PersistencePoint> persistencePoints(long names) {
        List<PersistencePoint> points = new ArrayList<>();
        points.add(PersistencePoint.NOTHING);
        points.add(PersistencePoint.EVERYTHING);
        if (Names.isRootChanged(names)) {
            points.add(new PersistencePoint(PersistencePoint.Kind.FSYNC, "/"));
        }
        for (int name = 0; name < Names.COUNT; name++) {
            int value = Names.isUsed(names, name) ? Names.value(names, name) : Names.ABSENT;
            if (value == Names.DIRECTORY) {
                points.add(new PersistencePoint(PersistencePoint.Kind.FSYNC, Names.PATHS.get(name)));
            } else if (value == Names.EMPTY_FILE || value == Names.FILE) {
                points.add(new PersistencePoint(PersistencePoint.Kind.FSYNC, Names.PATHS.get(name)));
                points.add(new PersistencePoint(PersistencePoint.Kind.FDATASYNC, Names.PATHS.get(name)));
            }
        }
        return List.copyOf(points);
    }
}
