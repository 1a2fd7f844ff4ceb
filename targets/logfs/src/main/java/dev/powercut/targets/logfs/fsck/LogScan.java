package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;

import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is in the segments, whether anything leads to it or not: to find inodes that the map has lost, and a checkpoint when both are
 * lost. Reads the disk when it is first asked.
 */
final class LogScan {

    /** A partial write, without its payload. */
    private record Head(
            int address,
            long checkpoint,
            long sequence,
            int next,
            int nextEnd,
            boolean isEnd,
            boolean isOfRecovery,
            boolean whole,
            int[] kinds,
            long[] offsets) {
        boolean hasTables() {
            for (int kind : kinds) {
                if (kind == Format.KIND_INODE_MAP || kind == Format.KIND_USAGE) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A record of an inode; {@code changed} is when the inode last changed, as the record has it. */
    private record Found(
            long checkpoint, long sequence, boolean whole, long version, long changed, int block, int slot) {

        /**
         * Whether this one, of a partial write that is not whole, is an old one that has got to where it is by damage: a whole partial write
         * has a later one of the same inode.
         */
        boolean isOlderThan(Found other) {
            return !whole && other.whole && version == other.version && changed < other.changed;
        }
    }

    private final Volume volume;
    private @Nullable List<Head> heads;
    private final TreeMap<Integer, List<Found>> inodes = new TreeMap<>();

    /** The newest whole partial write that has a block of the inode map, by the block's index. */
    private final TreeMap<Long, Head> mapCopies = new TreeMap<>();

    LogScan(Volume volume) {
        this.volume = volume;
    }

    private List<Head> heads() {
        List<Head> known = heads;
        if (known == null) {
            known = new ArrayList<>();
            for (int segment = 0; segment < volume.geometry.segmentCount(); segment++) {
                for (PartialWrite write : SegmentReading.of(volume, segment)) {
                    known.add(head(write));
                }
            }
            known.sort(Comparator.comparing(Head::checkpoint)
                    .thenComparing(Head::sequence)
                    .thenComparing(Head::address));
            for (Head head : known) {
                for (int i = 0; head.whole && i < head.kinds.length; i++) {
                    if (head.kinds[i] == Format.KIND_INODE_MAP) {
                        mapCopies.put(head.offsets[i], head);
                    }
                }
            }
            Comparator<Found> newestFirst = Comparator.comparing(Found::version)
                    .thenComparing(Found::checkpoint)
                    .thenComparing(Found::sequence)
                    .thenComparing(Found::slot)
                    .reversed();
            inodes.values().forEach(list -> list.sort(newestFirst));
            heads = known;
        }
        return known;
    }

    private Head head(PartialWrite write) {
        int[] kinds = new int[write.count()];
        long[] offsets = new long[write.count()];
        for (int i = 0; i < write.count(); i++) {
            kinds[i] = write.kind(i);
            offsets[i] = write.offset(i);
            for (int slot = 0; kinds[i] == Format.KIND_INODES && slot < volume.geometry.inodesPerBlock(); slot++) {
                int at = (1 + i) * volume.blockSize() + slot * Format.INODE_BYTES;
                int number = InodeRecord.number(write.bytes(), at);
                if (number >= 1 && number <= volume.geometry.inodeCount()) {
                    long version = InodeRecord.version(write.bytes(), at);
                    inodes.computeIfAbsent(number, n -> new ArrayList<>())
                            .add(new Found(
                                    write.checkpoint(),
                                    write.sequence(),
                                    write.whole(),
                                    version,
                                    InodeRecord.changedNanos(write.bytes(), at),
                                    write.address() + 1 + i,
                                    slot));
                }
            }
        }
        return new Head(
                write.address(),
                write.checkpoint(),
                write.sequence(),
                write.next(),
                write.nextEnd(),
                write.isEnd(),
                write.isOfRecovery(),
                write.whole(),
                kinds,
                offsets);
    }

    /**
     * The newest record of an inode that can be one, of a version from {@code leastVersion} on; null when there is none. In a partial write
     * that is not whole something else may be what is wrong; so a record of one counts when all of it can be true.
     */
    @Nullable
    Inode newest(int number, long leastVersion) {
        heads();
        Known newest = newestPossible(number, leastVersion);
        return newest == null ? null : newest.inode;
    }

    private record Known(Found found, Inode inode) {}

    private @Nullable Known newestPossible(int number, long leastVersion) {
        List<Found> all = inodes.getOrDefault(number, List.of());
        for (Found found : all) {
            boolean isIt = found.version >= leastVersion && all.stream().noneMatch(found::isOlderThan);
            Inode inode = isIt ? possible(found) : null;
            if (inode != null) {
                return new Known(found, inode);
            }
        }
        return null;
    }

    /**
     * The newest record of an inode of which a damaged block of the map says nothing; null when there is none, or when the last whole copy of
     * that block, though newer, does not have the inode: then it had been freed.
     */
    @Nullable
    Inode lostFromMap(int number) {
        heads();
        Known newest = newestPossible(number, 0);
        return newest == null || wasFreed(number, newest.found) ? null : newest.inode;
    }

    private @Nullable Inode possible(Found found) {
        byte[] block = volume.block(found.block);
        int at = found.slot * Format.INODE_BYTES;
        Inode inode =
                InodeTable.of(volume, Arrays.copyOfRange(block, at, at + Format.INODE_BYTES), found.block, found.slot);
        if (found.version <= 0 || !InodePass.isPossible(inode) || !found.whole && inode.extentProblem != null) {
            return null;
        }
        inode.changed = true;
        return inode;
    }

    private boolean wasFreed(int number, Found found) {
        int perBlock = volume.geometry.mapEntriesPerBlock();
        Head copy = mapCopies.get((long) number / perBlock);
        if (copy == null || copy.sequence < found.sequence) {
            return false;
        }
        for (int i = 0; i < copy.kinds.length; i++) {
            if (copy.kinds[i] == Format.KIND_INODE_MAP && copy.offsets[i] == number / perBlock) {
                byte[] b = volume.block(copy.address + 1 + i);
                int at = number % perBlock * Format.MAP_ENTRY_BYTES;
                return s32(b, at + Format.MAP_BLOCK) == 0 || s64(b, at + Format.MAP_VERSION) != found.version;
            }
        }
        return false;
    }

    /** The highest version of a number in what is whole; 0 when there is none. */
    long highestVersion(int number) {
        heads();
        for (Found found : inodes.getOrDefault(number, List.of())) {
            if (found.whole) {
                return found.version;
            }
        }
        return 0;
    }

    /** All numbers of which there is a record. */
    Iterable<Integer> numbers() {
        heads();
        return inodes.keySet();
    }

    /**
     * The checkpoint that the last group with tables made or was to make; null when there is nothing in the log at all. A group of which it
     * is not sure that all of it is there counts only when there is no other: a power cut may have kept its end and lost its beginning.
     */
    @Nullable
    Checkpoint lastCheckpoint() {
        List<Head> all = heads();
        int last = -1;
        int lastSure = -1;
        boolean tables = false;
        boolean sure = false;
        for (int i = 0; i < all.size(); i++) {
            Head head = all.get(i);
            Head before = i > 0 && all.get(i - 1).sequence + 1 == head.sequence ? all.get(i - 1) : null;
            tables = before != null && !before.isEnd && tables || head.hasTables();
            sure = head.whole && before != null && (before.isEnd || sure && before.next == head.address);
            if (head.isEnd && tables && head.whole) {
                last = i;
                lastSure = sure || isBehindCheckpoint(all, i) ? i : lastSure;
            }
        }
        int best = lastSure < 0 ? last : lastSure;
        return best < 0 ? fallback(all) : checkpoint(all, best);
    }

    /** Whether the log goes on behind a group with the number of another checkpoint: that of the group, which so was whole. */
    private static boolean isBehindCheckpoint(List<Head> all, int end) {
        Head last = all.get(end);
        for (int i = end + 1; i < all.size(); i++) {
            if (all.get(i).sequence == last.sequence + 1
                    && all.get(i).address == last.next
                    && (all.get(i).checkpoint > last.checkpoint
                            || last.isOfRecovery
                                    && all.get(i).checkpoint == last.checkpoint
                                    && !all.get(i).isOfRecovery)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether what is in the log from one partial write to another (exclusive) is what a recovery or a repair wrote that began after a checkpoint: all
     * that it can lead to is what another one comes to.
     */
    boolean isOfRecovery(long checkpoint, long firstSequence, long endSequence) {
        for (Head head : heads()) {
            if (head.sequence >= firstSequence
                    && head.sequence < endSequence
                    && head.checkpoint > checkpoint
                    && !head.isOfRecovery) {
                return false;
            }
        }
        return true;
    }

    private Checkpoint checkpoint(List<Head> all, int last) {
        Head end = all.get(last);
        int[] maps = new int[volume.geometry.maxMapBlocks()];
        int[] usages = new int[volume.geometry.usageBlocks()];
        for (int i = 0; i <= last; i++) {
            Head head = all.get(i);
            for (int k = 0; k < head.kinds.length; k++) {
                int[] table = head.kinds[k] == Format.KIND_INODE_MAP
                        ? maps
                        : head.kinds[k] == Format.KIND_USAGE ? usages : null;
                if (table != null && head.whole && head.offsets[k] >= 0 && head.offsets[k] < table.length) {
                    table[(int) head.offsets[k]] = head.address + 1 + k;
                }
            }
        }
        long number = newestNumber(all) + 1;
        for (Head head : all) {
            if (head.address == end.next && head.sequence == end.sequence + 1) {
                number = head.checkpoint;
            }
        }
        return new Checkpoint(number, 0, end.sequence + 1, end.next, end.nextEnd, 0, 0, maps, usages);
    }

    /** Without any tables: an empty map, and the log's end behind the newest partial write, if possible one that is whole. */
    private @Nullable Checkpoint fallback(List<Head> all) {
        Head newest = null;
        for (Head head : all) {
            boolean isBetter = newest == null
                    || head.whole && !newest.whole
                    || head.whole == newest.whole && head.sequence >= newest.sequence;
            newest = isBetter ? head : newest;
        }
        return newest == null
                ? null
                : new Checkpoint(
                        newestNumber(all) + 1,
                        0,
                        newest.sequence + 1,
                        newest.next,
                        newest.nextEnd,
                        0,
                        0,
                        new int[0],
                        new int[volume.geometry.usageBlocks()]);
    }

    private static long newestNumber(List<Head> all) {
        long newest = 0;
        for (Head head : all) {
            newest = Math.max(newest, head.checkpoint);
        }
        return newest;
    }
}
