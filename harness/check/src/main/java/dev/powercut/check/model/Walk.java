package dev.powercut.check.model;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileName;

/**
 * Resolves paths as Linux does: each component needs search permission on the directory, symbolic links are followed up to 40
 * times in one walk, and what is not last must be a directory.
 */
final class Walk {

    private static final int PATH_MAX = 4096;
    private static final int MAX_SYMLINKS = 40;

    /**
     * Where a path leads.
     *
     * @param directory the directory that holds the last component
     * @param name the last component; empty when the path ends in the root, {@code .} or {@code ..}
     * @param file what is there, or {@link Effect#ABSENT}
     */
    record Place(int directory, String name, int file) {
        boolean exists() {
            return file != Effect.ABSENT;
        }
    }

    private final Model model;
    private int symlinks;

    Walk(Model model) {
        this.model = model;
    }

    /** What a path stands for; a symbolic link at the end is followed. */
    static ModelFile file(Model model, String path) {
        return existing(model, new Walk(model).from(Model.ROOT, path, true, false));
    }

    /** What a path stands for; a symbolic link at the end is not followed. */
    static ModelFile fileItself(Model model, String path) {
        return existing(model, place(model, path));
    }

    /** Where a path leads, with a symbolic link at the end not followed; all but the last component exist. */
    static Place place(Model model, String path) {
        return new Walk(model).from(Model.ROOT, path, false, false);
    }

    /**
     * Where a path leads that open(O_CREAT) is given: a symbolic link at the end is followed, even one that leads to nothing;
     * a slash at the end gives EISDIR.
     */
    static Place forCreation(Model model, String path) {
        return new Walk(model).from(Model.ROOT, path, true, true);
    }

    private static ModelFile existing(Model model, Place place) {
        if (!place.exists()) {
            throw Errno.ENOENT.exception();
        }
        return model.file(place.file());
    }

    private Place from(int start, String path, boolean follow, boolean creates) {
        if (path.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        if (FileName.toBytes(path).length >= PATH_MAX) {
            throw Errno.ENAMETOOLONG.exception();
        }
        int at = path.startsWith("/") ? Model.ROOT : start;
        Place place = new Place(at, "", at);
        int next = 0;
        while (true) {
            while (next < path.length() && path.charAt(next) == '/') {
                next++;
            }
            if (next == path.length()) {
                return place;
            }
            int end = path.indexOf('/', next);
            end = end < 0 ? path.length() : end;
            boolean last = end == path.length();
            boolean endsInSlash = !last && path.substring(end).chars().allMatch(c -> c == '/');
            place = step(existing(model, place), path.substring(next, end));
            if (creates && endsInSlash) {
                throw Errno.EISDIR.exception();
            }
            if (place.exists() && model.file(place.file()).isSymlink() && (!last || follow)) {
                place = throughLink(place, creates && last);
            }
            if (!last) {
                requireDirectory(place);
            }
            next = end;
        }
    }

    private void requireDirectory(Place place) {
        if (!existing(model, place).isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
    }

    private Place step(ModelFile directory, String name) {
        if (!directory.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        model.caller().require(directory, Caller.EXECUTE);
        if (name.equals(".")) {
            return new Place(directory.id(), "", directory.id());
        }
        if (name.equals("..")) {
            return new Place(directory.parent(), "", directory.parent());
        }
        if (FileName.toBytes(name).length > FileName.MAX_BYTES) {
            throw Errno.ENAMETOOLONG.exception();
        }
        return new Place(directory.id(), name, directory.entries().find(name));
    }

    private Place throughLink(Place link, boolean creates) {
        if (++symlinks > MAX_SYMLINKS) {
            throw Errno.ELOOP.exception();
        }
        return from(link.directory(), model.file(link.file()).symlinkTarget(), true, creates);
    }
}
