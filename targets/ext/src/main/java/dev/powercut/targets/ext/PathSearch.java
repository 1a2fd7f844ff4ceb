package dev.powercut.targets.ext;

import dev.powercut.kernel.vfs.FileName;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.Map;
import java.util.TreeMap;

/** Finds a path of an inode by a look through all directories of an image. */
final class PathSearch {

    private static final int MOST_LEVELS = 256;

    private record Name(int directory, String name) {}

    private final ImageView view;
    private final Map<Integer, Name> names = new TreeMap<>();

    PathSearch(ImageView view) {
        this.view = view;
    }

    /** The path by the first name that is found; empty when there is none. */
    String pathOf(int inode) {
        view.inodesInUse((number, record) -> {
            if (InodeRecord.isDirectory(record, 0)) {
                view.leaves(record, (fileBlock, block) -> look(number, block, inode));
            }
        });
        StringBuilder path = new StringBuilder();
        int at = inode;
        for (int level = 0; at != Format.ROOT_INODE; level++) {
            Name name = names.get(at);
            if (name == null || level == MOST_LEVELS) {
                return path.isEmpty() ? "" : "..." + path;
            }
            path.insert(0, "/" + name.name);
            at = name.directory;
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** Notes names of directories, and of the inode that is looked for. */
    private void look(int directory, int block, int wanted) {
        byte[] b = view.block(block);
        DirectoryBlock cursor = new DirectoryBlock().reset(b, 0, b.length);
        while (cursor.next()) {
            int inode = cursor.inode();
            boolean asked = inode == wanted
                    || cursor.fileType() == Format.TYPE_DIRECTORY
                    || !view.geometry.hasFileType() && isDirectory(inode);
            if (inode != 0
                    && asked
                    && !DirectoryEntry.isDot(b, cursor.at())
                    && !DirectoryEntry.isDotDot(b, cursor.at())) {
                names.putIfAbsent(
                        inode,
                        new Name(directory, FileName.fromBytes(b, cursor.at() + Format.D_NAME, cursor.nameLength())));
            }
        }
    }

    private boolean isDirectory(int inode) {
        return view.geometry.isInode(inode) && InodeRecord.isDirectory(view.record(inode), 0);
    }
}
