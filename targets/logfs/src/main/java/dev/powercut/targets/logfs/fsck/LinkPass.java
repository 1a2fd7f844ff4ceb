package dev.powercut.targets.logfs.fsck;

import dev.powercut.kernel.vfs.FileName;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import org.jspecify.annotations.Nullable;

/** Pass 4: all that is in use is reached from the root, and counts its names. */
final class LinkPass {

    private static final String LOST_AND_FOUND = "lost+found";

    private final Volume volume;
    private final InodeTable table;
    private final Problems problems;
    private final long nowNanos;
    private @Nullable Inode lostAndFound;
    private int walk;

    LinkPass(Volume volume, InodeTable table, Problems problems, long nowNanos) {
        this.volume = volume;
        this.table = table;
        this.problems = problems;
        this.nowNanos = nowNanos;
    }

    void run() {
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            Inode inode = table.get(number);
            if (inode != null && inode.isDirectory()) {
                connect(inode);
            } else if (inode != null && inode.nameCount == 0) {
                problems.add(ProblemKind.UNNAMED_INODE, number, 0, 0, 0);
                reconnect(inode);
            }
        }
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            Inode inode = table.get(number);
            if (inode != null && inode.isDirectory() && inode.above != null) {
                inode.above.directoryCount++;
            }
        }
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            Inode inode = table.get(number);
            if (inode != null) {
                count(inode);
            }
        }
    }

    /** Walks up to the root, or to where a walk has been. */
    private void connect(Inode inode) {
        walk++;
        Inode at = inode;
        while (at.number != Format.ROOT_INODE && at.mark == 0) {
            at.mark = walk;
            Inode above = at.above;
            if (above == null) {
                problems.add(ProblemKind.UNNAMED_INODE, at.number, 0, 0, 0);
                above = reconnect(at);
            }
            at = above;
        }
        if (at.number != Format.ROOT_INODE && at.mark == walk) {
            problems.add(ProblemKind.DIRECTORY_LOOP, at.number, 0, 0, 0);
            Inode above = at.above;
            if (above != null) {
                byte[] name = FileName.toBytes(at.name);
                Directory.of(volume, above).remove(name, 0, name.length);
                above.changed = true;
                at.nameCount--;
            }
            reconnect(at);
        }
        parent(inode);
    }

    private void parent(Inode inode) {
        int above = inode.above == null ? Format.ROOT_INODE : inode.above.number;
        int said = InodeRecord.parent(inode.record, 0);
        if (said != above) {
            problems.add(ProblemKind.PARENT_WRONG, inode.number, 0, Integer.toUnsignedLong(said), above);
            InodeRecord.setParent(inode.record, 0, above);
            inode.changed = true;
        }
    }

    /** @return the directory that has it now */
    private Inode reconnect(Inode inode) {
        Inode home = lostAndFound();
        Directory directory = Directory.of(volume, home);
        String name = "#" + inode.number;
        byte[] bytes = FileName.toBytes(name);
        for (int i = 1; directory.lookup(bytes, 0, bytes.length) != 0; i++) {
            name = "#" + inode.number + "." + i;
            bytes = FileName.toBytes(name);
        }
        directory.set(bytes, 0, bytes.length, inode.number, inode.mode() >>> 12);
        home.changed = true;
        inode.above = home;
        inode.name = name;
        inode.nameCount++;
        if (inode.isDirectory()) {
            InodeRecord.setParent(inode.record, 0, home.number);
            inode.changed = true;
        }
        return home;
    }

    /** The directory /lost+found; a new one when there is none; the root when there is no inode left for it. */
    private Inode lostAndFound() {
        Inode known = lostAndFound;
        if (known != null) {
            return known;
        }
        Inode root = table.get(Format.ROOT_INODE);
        if (root == null) {
            throw new IllegalStateException("the first pass leaves a root");
        }
        Directory names = Directory.of(volume, root);
        String name = LOST_AND_FOUND;
        for (int i = 1; known == null; i++) {
            byte[] bytes = FileName.toBytes(name);
            Inode there = table.get(names.lookup(bytes, 0, bytes.length));
            if (there == null) {
                known = newLostAndFound(root, name);
            } else if (there.isDirectory() && there.above == root) {
                known = there;
            }
            name = LOST_AND_FOUND + "." + i;
        }
        lostAndFound = known;
        return known;
    }

    private Inode newLostAndFound(Inode root, String name) {
        int number = 2;
        while (table.isNumber(number) && (table.block(number) != 0 || table.get(number) != null)) {
            number++;
        }
        if (!table.isNumber(number)) {
            return root;
        }
        Inode made = NewDirectory.make(volume, table, number, root.number, 0700, nowNanos);
        made.above = root;
        made.name = name;
        made.nameCount = 1;
        made.mark = walk;
        table.put(made);
        byte[] bytes = FileName.toBytes(name);
        Directory.of(volume, root).set(bytes, 0, bytes.length, number, made.mode() >>> 12);
        root.changed = true;
        return made;
    }

    private void count(Inode inode) {
        long has = inode.isDirectory() ? 2L + inode.directoryCount : inode.nameCount;
        long says = InodeRecord.linkCount(inode.record, 0);
        if (has != says) {
            // A directory that a repair has made or filled was not wrong itself.
            if (inode != lostAndFound && !(inode.number == Format.ROOT_INODE && lostAndFound != null)) {
                problems.add(ProblemKind.LINK_COUNT_WRONG, inode.number, 0, says, has);
            }
            InodeRecord.setLinkCount(inode.record, 0, (int) has);
            inode.changed = true;
        }
    }
}
