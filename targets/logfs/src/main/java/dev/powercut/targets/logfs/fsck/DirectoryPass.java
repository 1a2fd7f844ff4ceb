package dev.powercut.targets.logfs.fsck;

import dev.powercut.kernel.vfs.FileName;
import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pass 3: directories, their names, and what these lead to. */
final class DirectoryPass {

    private final Volume volume;
    private final InodeTable table;
    private final Problems problems;

    /** Whether names are kept, for paths and repairs. */
    private final boolean keepsNames;

    private final NameSet names = new NameSet();

    DirectoryPass(Volume volume, InodeTable table, Problems problems, boolean keepsNames) {
        this.volume = volume;
        this.table = table;
        this.problems = problems;
        this.keepsNames = keepsNames;
    }

    void run() {
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            Inode inode = table.get(number);
            if (inode != null && inode.isDirectory()) {
                directory(inode);
            }
        }
    }

    /**
     * Takes inodes that directories name and the map does not have from the log.
     *
     * @return those
     */
    List<Inode> resurrect(LogScan scan, InodePass inodes) {
        List<Inode> found = new ArrayList<>();
        ArrayDeque<Inode> left = new ArrayDeque<>();
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            Inode inode = table.get(number);
            if (inode != null && inode.isDirectory()) {
                left.add(inode);
            }
        }
        while (!left.isEmpty()) {
            Inode parent = left.remove();
            Directory directory = Directory.of(volume, parent);
            for (int index = 0; index < directory.blockCount(); index++) {
                byte[] b = directory.block(index);
                for (int at = 0; at < b.length; at += DirectoryBlock.length(b, at)) {
                    int number = DirectoryBlock.inode(b, at);
                    if (number == 0 || !table.isNumber(number) || table.get(number) != null) {
                        continue;
                    }
                    Inode inode = scan.newest(number, table.version(number));
                    if (inode == null || inode.mode() >>> 12 != DirectoryBlock.type(b, at)) {
                        continue;
                    }
                    problems.add(ProblemKind.ENTRY_INODE_LOST, parent.number, 0, number, 0, name(b, at));
                    table.put(inode);
                    inodes.check(inode);
                    Inode checked = table.get(number);
                    if (checked != null) {
                        found.add(checked);
                    }
                    if (checked != null && checked.isDirectory()) {
                        left.add(checked);
                    }
                }
            }
        }
        return found;
    }

    private static String name(byte[] b, int at) {
        return FileName.fromBytes(b, at + Format.DIR_NAME, DirectoryBlock.nameLength(b, at));
    }

    private void directory(Inode inode) {
        Directory directory = Directory.of(volume, inode);
        for (Directory.Corrupt corrupt : directory.corrupt()) {
            problems.add(ProblemKind.DIRECTORY_BLOCK_CORRUPT, inode.number, corrupt.block(), corrupt.fromByte(), 0);
            inode.changed = true;
        }
        names.clear();
        for (int index = 0; index < directory.blockCount(); index++) {
            byte[] b = directory.block(index);
            for (int at = 0; at < b.length; ) {
                // A record that is removed becomes part of the one before it, or stays as free space.
                int length = DirectoryBlock.length(b, at);
                if (DirectoryBlock.inode(b, at) != 0 && !isRight(inode, directory, index, b, at)) {
                    directory.remove(index, at);
                    inode.changed = true;
                }
                at += length;
            }
        }
    }

    /** Whether an entry may stay; its type is put right. */
    private boolean isRight(Inode parent, Directory directory, int index, byte[] b, int at) {
        int number = DirectoryBlock.inode(b, at);
        Inode child = table.get(number);
        if (!table.isNumber(number)) {
            return wrong(ProblemKind.ENTRY_INODE_INVALID, parent, number, b, at);
        } else if (child == null) {
            return wrong(ProblemKind.ENTRY_INODE_UNUSED, parent, number, b, at);
        } else if (number == Format.ROOT_INODE) {
            return wrong(ProblemKind.ENTRY_NAMES_ROOT, parent, number, b, at);
        } else if (!names.add(b, at + Format.DIR_NAME, DirectoryBlock.nameLength(b, at))) {
            return wrong(ProblemKind.ENTRY_NAME_REPEATED, parent, number, b, at);
        } else if (child.isDirectory() && child.above != null && !isBetter(parent, child, child.above)) {
            return wrong(ProblemKind.DIRECTORY_NAMED_TWICE, parent, number, b, at);
        }
        int type = child.mode() >>> 12;
        if (type != DirectoryBlock.type(b, at)) {
            problems.add(ProblemKind.ENTRY_TYPE_WRONG, parent.number, 0, DirectoryBlock.type(b, at), type, name(b, at));
            directory.setType(index, at, type);
            parent.changed = true;
        }
        child.nameCount++;
        if (child.above == null || child.isDirectory()) {
            child.above = parent;
            child.name = keepsNames ? name(b, at) : "";
        }
        return true;
    }

    /** Whether a directory that has a name already is rather in this one; then the other name is removed. */
    private boolean isBetter(Inode parent, Inode child, Inode before) {
        int said = InodeRecord.parent(child.record, 0);
        if (said != parent.number || said == before.number) {
            return false;
        }
        problems.add(ProblemKind.DIRECTORY_NAMED_TWICE, before.number, 0, child.number, 0, child.name);
        byte[] name = FileName.toBytes(child.name);
        Directory.of(volume, before).remove(name, 0, name.length);
        before.changed = true;
        child.nameCount--;
        return true;
    }

    private boolean wrong(ProblemKind kind, Inode parent, int number, byte[] b, int at) {
        problems.add(kind, parent.number, 0, Integer.toUnsignedLong(number), 0, name(b, at));
        return false;
    }

    /** Path of an inode by the names that were found; empty when it has none. */
    static String path(@Nullable Inode inode) {
        StringBuilder path = new StringBuilder();
        Inode at = inode;
        for (int level = 0; at != null && at.number != Format.ROOT_INODE; level++) {
            if (at.above == null || level == 256) {
                return "";
            }
            path.insert(0, "/" + at.name);
            at = at.above;
        }
        return at == null ? "" : path.isEmpty() ? "/" : path.toString();
    }
}
