package dev.powercut.targets.logfs.fs;

import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import dev.powercut.targets.logfs.format.OperationRecord;
import dev.powercut.targets.logfs.format.Summary;
import java.util.Arrays;

/**
 * From the newest checkpoint to the log's end, in memory: the letters are those of the table in {@link Format}. First the log is read, and
 * the last place of each inode's record noted; then usage is set right for those; then operations are gone through, and what they
 * changed that no record in the log shows is done to inodes in memory, which so become dirty.
 *
 * <p>Work: proportional to the log's length and the extents of the inodes in it.
 *
 * <p>fsck does not use this, but has its own: it must read damaged images, where this refuses, and a mistake in here would go unseen if the judge
 * made it too. A test has both agree on what crash states hold.
 */
final class RollForward {

    private final Volume volume;
    private final InodeStore inodes;
    private final Directory directories;
    private final ExtentTree trees;

    private final TouchedInodes touched = new TouchedInodes();

    // Records of the group that is being read.
    private int[] pendingNumber = new int[8];
    private int[] pendingBlock = new int[8];
    private int[] pendingSlot = new int[8];
    private long[] pendingVersion = new long[8];
    private int pendingCount;

    private byte[][] operations = new byte[4][];
    private int[] operationGroup = new int[4];
    private int operationCount;
    private int completeOperations;

    // Names that were set: case R.
    private int[] setIn = new int[4];
    private byte[][] setName = new byte[4][];
    private int[] setInode = new int[4];
    private long[] setVersion = new long[4];
    private int setCount;

    private int groups;
    private int writes;

    /** What the group that is being read says that cannot be (cases S and T); empty as long as there is nothing. */
    private String nonsense = "";

    RollForward(Volume volume, InodeStore inodes, Directory directories, ExtentTree trees) {
        this.volume = volume;
        this.inodes = inodes;
        this.directories = directories;
        this.trees = trees;
    }

    /** Groups of the log that counted. */
    int groups() {
        return groups;
    }

    /** Partial writes of the log that counted. */
    int writes() {
        return writes;
    }

    /**
     * Rolls forward.
     *
     * @return whether there was anything to roll over
     */
    boolean run() {
        LogReader reader = new LogReader(volume);
        int pendingWrites = 0;
        while (reader.read()) {
            volume.usage.markUsed(volume.geometry.segmentOf(reader.address()));
            collect(reader);
            pendingWrites++;
            if (reader.advance()) {
                writes += pendingWrites;
                pendingWrites = 0;
                closeGroup();
            }
        }
        if (groups == 0) {
            restoreFree();
            return false;
        }
        volume.recoveryNanos = Math.max(1, reader.endNanos());
        volume.log.moveTo(reader.endAddress(), reader.endLimit(), reader.endSequence());
        volume.usage.markUsed(volume.log.segment());
        for (int i = 0; i < touched.count(); i++) {
            settleUsage(i);
        }
        for (int i = 0; i < completeOperations; i++) {
            redo(operations[i], operationGroup[i]);
        }
        undo();
        return true;
    }

    /** A group that does not count takes nothing: its segments are as free as the checkpoint says. */
    private void restoreFree() {
        volume.usage.refresh(volume.log.segment());
    }

    // ---- Reading ----

    private void collect(LogReader reader) {
        byte[] b = reader.bytes();
        int size = volume.blockSizeBytes;
        for (int i = 0; i < reader.count(); i++) {
            int kind = Summary.kind(b, 0, i);
            if (kind == Format.KIND_INODES) {
                collectRecords(b, (1 + i) * size, reader.address() + 1 + i);
            } else if (kind == Format.KIND_OPERATIONS) {
                collectOperations(b, (1 + i) * size);
            }
        }
    }

    private void collectRecords(byte[] b, int at, int address) {
        for (int slot = 0; slot < volume.geometry.inodesPerBlock(); slot++) {
            int record = at + slot * Format.INODE_BYTES;
            int ino = InodeRecord.number(b, record);
            if (ino == 0) {
                return;
            } else if (!volume.map.isNumber(ino) || InodeRecord.version(b, record) < 1) {
                nonsense = "the log has a record of inode " + Integer.toUnsignedString(ino) + ", version "
                        + InodeRecord.version(b, record);
                return;
            }
            if (pendingCount == pendingNumber.length) {
                pendingNumber = Arrays.copyOf(pendingNumber, 2 * pendingCount);
                pendingBlock = Arrays.copyOf(pendingBlock, 2 * pendingCount);
                pendingSlot = Arrays.copyOf(pendingSlot, 2 * pendingCount);
                pendingVersion = Arrays.copyOf(pendingVersion, 2 * pendingCount);
            }
            pendingNumber[pendingCount] = ino;
            pendingBlock[pendingCount] = address;
            pendingSlot[pendingCount] = slot;
            pendingVersion[pendingCount++] = InodeRecord.version(b, record);
        }
    }

    private void collectOperations(byte[] b, int at) {
        int end = OperationRecord.endOfRecords(volume.geometry, b, at);
        if (end < 0) {
            nonsense = "a block of operation records in the log is longer than a block";
            return;
        }
        int record = at + Format.OPS_RECORDS;
        while (record < end) {
            if (!OperationRecord.isSound(volume.geometry, b, record, end)) {
                nonsense = "the log has an operation record that is broken";
                return;
            }
            if (operationCount == operations.length) {
                operations = Arrays.copyOf(operations, 2 * operationCount);
                operationGroup = Arrays.copyOf(operationGroup, 2 * operationCount);
            }
            int length = OperationRecord.length(b, record);
            operations[operationCount++] = Arrays.copyOfRange(b, record, record + length);
            record += length;
        }
    }

    /** Case F: the records of the group count, and so do its operations. */
    private void closeGroup() {
        groups++;
        if (!nonsense.isEmpty()) {
            throw volume.corrupt(nonsense);
        }
        for (int i = 0; i < pendingCount; i++) {
            int ino = pendingNumber[i];
            if (pendingVersion[i] >= volume.map.versionOf(ino)) { // case H, else case I
                touched.setLastGroup(touch(ino), groups);
                volume.map.set(ino, pendingBlock[i], pendingSlot[i], pendingVersion[i]);
            }
        }
        pendingCount = 0;
        for (int i = completeOperations; i < operationCount; i++) {
            operationGroup[i] = groups;
        }
        completeOperations = operationCount;
    }

    private int touch(int ino) {
        int index = touched.indexOf(ino);
        return index == TouchedInodes.NONE ? touched.add(ino, volume.map.blockOf(ino), volume.map.slotOf(ino)) : index;
    }

    /** Whether the log has a record of an inode in a group or a later one. */
    private boolean isWritten(int ino, int group) {
        int index = touched.indexOf(ino);
        return index != TouchedInodes.NONE && touched.lastGroup(index) >= group;
    }

    // ---- Usage ----

    private void settleUsage(int index) {
        int ino = touched.number(index);
        if (touched.oldBlock(index) != 0) {
            inodes.countRecord(ino, touched.oldBlock(index), touched.oldSlot(index), -1);
        }
        inodes.countRecord(ino, volume.map.blockOf(ino), volume.map.slotOf(ino), 1);
    }

    // ---- Operations ----

    private void redo(byte[] b, int group) {
        redoRemoval(b, group);
        redoName(b, group);
        int to = OperationRecord.toDirectory(b, 0);
        boolean isMove = OperationRecord.kind(b, 0) == Format.OP_RENAME;
        redoInode(
                OperationRecord.inode(b, 0),
                OperationRecord.version(b, 0),
                OperationRecord.linkCount(b, 0),
                isMove ? to : 0,
                b,
                group);
        if (OperationRecord.replaced(b, 0) != 0) {
            redoInode(
                    OperationRecord.replaced(b, 0),
                    OperationRecord.replacedVersion(b, 0),
                    OperationRecord.replacedLinkCount(b, 0),
                    0,
                    b,
                    group);
        }
    }

    /** The directory when the operation is to be done to it: case K; null in the cases J and L. */
    private @org.jspecify.annotations.Nullable LogInode directory(int ino, int group) {
        if (ino == 0 || isWritten(ino, group) || volume.map.blockOf(ino) == 0) {
            return null;
        }
        LogInode directory = inodes.get(ino);
        return directory.isDirectory() ? directory : null;
    }

    private void redoRemoval(byte[] b, int group) {
        LogInode from = directory(OperationRecord.fromDirectory(b, 0), group);
        if (from == null) {
            return;
        }
        long position = directories.find(from, b, OperationRecord.fromNameAt(0), OperationRecord.fromNameLength(b, 0));
        if (position != Directory.NOWHERE) {
            removeName(from, position, OperationRecord.timeNanos(b, 0));
        }
    }

    private void removeName(LogInode directory, long position, long timeNanos) {
        if (directories.typeAt(directory, position) == LogInode.DIRECTORY_TYPE) {
            directory.setLinkCount(Math.max(2, directory.linkCount() - 1));
        }
        directories.remove(directory, position, Sites.ROLL_FORWARD);
        touch(directory, timeNanos);
    }

    private void redoName(byte[] b, int group) {
        LogInode to = directory(OperationRecord.toDirectory(b, 0), group);
        if (to == null) {
            return;
        }
        int at = OperationRecord.toNameAt(b, 0);
        int length = OperationRecord.toNameLength(b, 0);
        int ino = OperationRecord.inode(b, 0);
        int type = OperationRecord.type(b, 0);
        long position = directories.find(to, b, at, length);
        if (position == Directory.NOWHERE) {
            directories.makeRoom(to, length, false);
            directories.insert(to, b, at, length, ino, type, Sites.ROLL_FORWARD);
        } else {
            if (directories.typeAt(to, position) == LogInode.DIRECTORY_TYPE) {
                to.setLinkCount(Math.max(2, to.linkCount() - 1));
            }
            directories.replace(to, position, ino, type, Sites.ROLL_FORWARD);
        }
        if (type == LogInode.DIRECTORY_TYPE) {
            to.setLinkCount(to.linkCount() + 1);
        }
        touch(to, OperationRecord.timeNanos(b, 0));
        noteSet(to.ino(), Arrays.copyOfRange(b, at, at + length), ino, OperationRecord.version(b, 0));
    }

    private void touch(LogInode directory, long timeNanos) {
        directory.setModifiedNanos(timeNanos);
        directory.setChangedNanos(timeNanos);
        inodes.markDirty(directory, Sites.ROLL_FORWARD, true);
    }

    private void redoInode(int ino, long version, int links, int parent, byte[] b, int group) {
        long known = volume.map.versionOf(ino);
        if (version > known) { // case P
            volume.map.set(ino, 0, 0, version);
        } else if (version < known || volume.map.blockOf(ino) == 0) { // case Q
            return;
        } else if (links == 0) { // case O
            LogInode inode = inodes.get(ino);
            inodes.makeOrphan(inode);
            inode.setLinkCount(0);
            inodes.evict(inode);
        } else if (!isWritten(ino, group)) { // case N, else case M
            LogInode inode = inodes.get(ino);
            inode.setLinkCount(links);
            if (inode.isDirectory() && parent != 0) {
                inode.parentNumber = parent;
            }
            inode.setChangedNanos(OperationRecord.timeNanos(b, 0));
            inodes.markDirty(inode, Sites.ROLL_FORWARD, true);
        }
    }

    private void noteSet(int directory, byte[] name, int ino, long version) {
        if (setCount == setIn.length) {
            setIn = Arrays.copyOf(setIn, 2 * setCount);
            setName = Arrays.copyOf(setName, 2 * setCount);
            setInode = Arrays.copyOf(setInode, 2 * setCount);
            setVersion = Arrays.copyOf(setVersion, 2 * setCount);
        }
        setIn[setCount] = directory;
        setName[setCount] = name;
        setInode[setCount] = ino;
        setVersion[setCount++] = version;
    }

    /** Whether a name was set again later: then it is that inode's, even if it has the same number. */
    private boolean isSetLater(int index) {
        for (int i = index + 1; i < setCount; i++) {
            if (setIn[i] == setIn[index] && Arrays.equals(setName[i], setName[index])) {
                return true;
            }
        }
        return false;
    }

    /** Case R: names whose inodes are not there. */
    private void undo() {
        for (int i = 0; i < setCount; i++) {
            boolean exists = volume.map.blockOf(setInode[i]) != 0 && volume.map.versionOf(setInode[i]) == setVersion[i];
            if (exists || volume.map.blockOf(setIn[i]) == 0 || isSetLater(i)) {
                continue;
            }
            LogInode directory = inodes.get(setIn[i]);
            long position = directories.find(directory, setName[i]);
            if (position != Directory.NOWHERE && directories.inodeAt(directory, position) == setInode[i]) {
                removeName(directory, position, directory.changedNanos());
            }
        }
    }
}
