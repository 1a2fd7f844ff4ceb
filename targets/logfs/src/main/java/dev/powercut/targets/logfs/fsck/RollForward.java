package dev.powercut.targets.logfs.fsck;

import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import dev.powercut.targets.logfs.format.OperationRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rolls the log behind a checkpoint forward, in memory. The letters are the cases of {@link Format}.
 *
 * <p>The filesystem has a roll-forward of its own, and shares only the format's codecs with this one, on purpose. That one may refuse the image
 * at the first thing that is out of place, and works on the inodes of a mount; this one reads images of which anything may be damaged, passes
 * over what makes no sense, and leaves it to the passes that follow to tell of it and to mend it. And so each can be held against the other:
 * a test has both, and a third reader, agree on what crash states hold.
 */
final class RollForward {

    /** What the log has of an inode: its last record, and the group that has it. */
    private record Written(long version, int group) {}

    private record SetName(int directory, byte[] name, int inode, long version, int type) {}

    private final Volume volume;
    private final Checkpoint checkpoint;

    /** Partial writes of the groups that count, in order. */
    final List<PartialWrite> log = new ArrayList<>();

    /** Groups that count. */
    int groups;

    /** Where the log ends: block of the next summary, where the room for it ends, and its number. */
    int endBlock;

    int endLimit;

    long endSequence;

    private final TreeMap<Integer, Written> written = new TreeMap<>();
    private final TreeMap<String, SetName> setNames = new TreeMap<>();

    RollForward(Volume volume, Checkpoint checkpoint) {
        this.volume = volume;
        this.checkpoint = checkpoint;
        this.endBlock = checkpoint.nextBlock();
        this.endLimit = checkpoint.nextEnd();
        this.endSequence = checkpoint.nextSequence();
        readLog();
    }

    private void readLog() {
        int group = 0;
        int at = endBlock;
        long expected = endSequence;
        byte[] summary = new byte[volume.blockSize()];
        while (true) {
            volume.read(at, 1, summary, 0);
            PartialWrite write = PartialWrite.at(volume, at, summary);
            if (write == null
                    || write.checkpoint() != checkpoint.sequence()
                    || write.sequence() != expected
                    || write.isOfRecovery()
                    || !write.whole()) {
                break; // Cases A to D.
            }
            log.add(write); // Case E.
            group++;
            at = write.next();
            expected++;
            if (write.isEnd()) { // Case F.
                groups++;
                group = 0;
                endBlock = at;
                endLimit = write.nextEnd();
                endSequence = expected;
            }
        }
        log.subList(log.size() - group, log.size()).clear(); // Case G.
    }

    /** Brings a table, which is as the checkpoint says, to what it is at the end of the log; tells of cases S to U. */
    void apply(InodeTable table, Problems problems) {
        int group = 0;
        for (PartialWrite write : log) {
            for (int i = 0; i < write.count(); i++) {
                if (write.kind(i) == Format.KIND_INODES) {
                    records(table, write, i, group, problems);
                }
            }
            group += write.isEnd() ? 1 : 0;
        }
        group = 0;
        for (PartialWrite write : log) {
            for (int i = 0; i < write.count(); i++) {
                if (write.kind(i) == Format.KIND_OPERATIONS) {
                    operations(table, write, i, group, problems);
                }
            }
            group += write.isEnd() ? 1 : 0;
        }
        undoNames(table);
    }

    private void records(InodeTable table, PartialWrite write, int index, int group, Problems problems) {
        for (int slot = 0; slot < volume.geometry.inodesPerBlock(); slot++) {
            int at = (1 + index) * volume.blockSize() + slot * Format.INODE_BYTES;
            int number = InodeRecord.number(write.bytes(), at);
            if (number == 0) {
                return;
            }
            long version = InodeRecord.version(write.bytes(), at);
            if (!table.isNumber(number) || version < 1) { // Case S.
                problems.add(
                        ProblemKind.LOG_RECORD_INVALID,
                        0,
                        write.address() + 1 + index,
                        Integer.toUnsignedLong(number),
                        version);
            } else if (version >= table.version(number)) { // Case H; else I.
                if (!written.containsKey(number)) {
                    replaced(table, number, problems);
                }
                table.set(number, write.address() + 1 + index, slot, version);
                written.put(number, new Written(version, group));
            }
        }
    }

    /** Case U: what the log replaces or frees must be sound as well. */
    private void replaced(InodeTable table, int number, Problems problems) {
        if (table.block(number) == 0) {
            return;
        }
        Inode inode = table.get(number);
        if (inode == null || !InodePass.isSound(volume, inode)) {
            problems.add(
                    ProblemKind.REPLACED_RECORD_WRONG,
                    number,
                    table.block(number),
                    Integer.toUnsignedLong(table.slot(number)),
                    0);
        }
    }

    private void operations(InodeTable table, PartialWrite write, int index, int group, Problems problems) {
        byte[] b = write.bytes();
        int block = (1 + index) * volume.blockSize();
        int end = OperationRecord.endOfRecords(volume.geometry, b, block);
        int at = block + Format.OPS_RECORDS;
        while (at < end && OperationRecord.isSound(volume.geometry, b, at, end)) {
            operation(table, b, at, group, problems);
            at += OperationRecord.length(b, at);
        }
        if (end < 0 || at < end) { // Case T.
            problems.add(ProblemKind.LOG_OPERATION_INVALID, 0, write.address() + 1 + index, at - block, 0);
        }
    }

    private void operation(InodeTable table, byte[] b, int at, int group, Problems problems) {
        int type = OperationRecord.type(b, at);
        boolean isDirectory = type == Mode.DIRECTORY >> 12;
        int from = OperationRecord.fromDirectory(b, at);
        int to = OperationRecord.toDirectory(b, at);
        int replaced = OperationRecord.replaced(b, at);
        int inode = OperationRecord.inode(b, at);
        long time = OperationRecord.timeNanos(b, at);
        Inode source = from == 0 ? null : toChange(table, from, group);
        if (source != null) {
            int nameAt = OperationRecord.fromNameAt(at);
            int length = OperationRecord.fromNameLength(b, at);
            addLinks(source, isDirectory(source, b, nameAt, length) ? -1 : 0);
            removeName(volume, source, b, nameAt, length, time);
            setNames.remove(key(from, b, nameAt, length));
        }
        Inode target = to == 0 ? null : toChange(table, to, group);
        if (target != null) {
            int nameAt = OperationRecord.toNameAt(b, at);
            int length = OperationRecord.toNameLength(b, at);
            addLinks(target, (isDirectory ? 1 : 0) - (isDirectory(target, b, nameAt, length) ? 1 : 0));
            Directory.of(volume, target).set(b, nameAt, length, inode, type);
            stamp(target, time, true);
            byte[] name = Arrays.copyOfRange(b, nameAt, nameAt + length);
            setNames.put(
                    key(to, b, nameAt, length), new SetName(to, name, inode, OperationRecord.version(b, at), type));
        }
        links(
                table,
                inode,
                OperationRecord.version(b, at),
                OperationRecord.linkCount(b, at),
                time,
                to,
                isDirectory,
                group,
                problems);
        if (replaced != 0) {
            links(
                    table,
                    replaced,
                    OperationRecord.replacedVersion(b, at),
                    OperationRecord.replacedLinkCount(b, at),
                    time,
                    0,
                    isDirectory,
                    group,
                    problems);
        }
    }

    /** Whether a name is there, and of a directory. */
    private boolean isDirectory(Inode directory, byte[] b, int nameAt, int length) {
        return Directory.of(volume, directory).typeOf(b, nameAt, length) == Mode.DIRECTORY >> 12;
    }

    private static String key(int directory, byte[] b, int at, int length) {
        return directory + "/" + FileName.fromBytes(b, at, length);
    }

    /** A directory that has not the change already (case J) and is in use (else L): case K. */
    private @Nullable Inode toChange(InodeTable table, int number, int group) {
        Written last = written.get(number);
        Inode inode = last != null && last.group >= group ? null : table.get(number);
        return inode != null && inode.isDirectory() ? inode : null;
    }

    private static void removeName(Volume volume, Inode directory, byte[] b, int at, int length, long time) {
        if (Directory.of(volume, directory).remove(b, at, length)) {
            stamp(directory, time, true);
        }
    }

    private static void addLinks(Inode directory, int change) {
        InodeRecord.setLinkCount(directory.record, 0, (int) (InodeRecord.linkCount(directory.record, 0) + change));
    }

    static void stamp(Inode inode, long time, boolean isModified) {
        byte[] b = inode.record;
        InodeRecord.setTimes(
                b,
                0,
                InodeRecord.accessedNanos(b, 0),
                isModified ? time : InodeRecord.modifiedNanos(b, 0),
                time,
                InodeRecord.createdNanos(b, 0));
        inode.changed = true;
    }

    private void links(
            InodeTable table,
            int number,
            long version,
            int count,
            long time,
            int to,
            boolean isDirectory,
            int group,
            Problems problems) {
        Written last = written.get(number);
        if (count > 0 && last != null && last.version == version && last.group >= group) {
            return; // Case M.
        }
        long has = table.version(number);
        if (has < version) {
            table.set(number, 0, 0, version); // Case P.
            return;
        }
        if (has > version) {
            return; // Case Q.
        }
        replaced(table, number, problems);
        Inode inode = table.get(number);
        if (inode == null) {
            return;
        } else if (count == 0) {
            table.free(number); // Case O.
        } else { // Case N.
            InodeRecord.setLinkCount(inode.record, 0, count);
            stamp(inode, time, false);
            if (to != 0 && isDirectory) {
                InodeRecord.setParent(inode.record, 0, to);
            }
        }
    }

    /** Case R. */
    private void undoNames(InodeTable table) {
        for (SetName set : setNames.values()) {
            Inode named = table.get(set.inode);
            Inode directory = table.get(set.directory);
            if (directory == null || !directory.isDirectory() || named != null && named.version == set.version) {
                continue;
            }
            if (Directory.of(volume, directory).lookup(set.name, 0, set.name.length) == set.inode) {
                Directory.of(volume, directory).remove(set.name, 0, set.name.length);
                addLinks(directory, set.type == Mode.DIRECTORY >> 12 ? -1 : 0);
            }
        }
    }
}
