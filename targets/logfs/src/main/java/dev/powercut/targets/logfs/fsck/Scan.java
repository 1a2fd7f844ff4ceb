package dev.powercut.targets.logfs.fsck;

import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One look at an image: all passes, in memory. Afterwards the table is as the image should be. */
final class Scan {

    private final Volume volume;
    private final boolean quick;
    private final Problems problems;
    private final InodeTable table;
    private final Claims occupied = new Claims();
    private final Set<Integer> mapBlocks = new TreeSet<>();
    private final Set<Integer> usageBlocks = new TreeSet<>();
    private @Nullable Checkpoint checkpoint;

    /** Block of the region that it is in; 0 when it is made of what the log has. */
    private int region;

    private @Nullable RollForward log;

    private final boolean frugal;

    /** @param frugal as in {@link SummaryPass} */
    Scan(Volume volume, boolean quick, Problems problems, boolean frugal) {
        this.volume = volume;
        this.frugal = frugal;
        this.quick = quick;
        this.problems = problems;
        this.table = new InodeTable(volume);
    }

    /** Groups behind the checkpoint that count. */
    int rolledGroups() {
        return log == null ? 0 : log.groups;
    }

    /** Runs all passes, as far as they can. */
    void run() {
        superblock();
        Checkpoints regions = new Checkpoints(volume);
        LogScan scan = quick ? null : new LogScan(volume);
        Checkpoint from = regions.newest();
        boolean rebuilt = from == null;
        if (from != null) {
            regions.check(from, quick, problems);
        } else {
            problems.add(ProblemKind.NO_CHECKPOINT, 0, volume.geometry.checkpointA(), 0, 0);
            from = scan == null ? null : scan.lastCheckpoint();
        }
        if (from == null) {
            if (scan != null) {
                problems.add(ProblemKind.NOTHING_IN_LOG, 0, 0, 0, 0);
            }
            return;
        }
        RollForward rolled = new RollForward(volume, from);
        Checkpoint later = scan == null ? null : later(regions, scan, from, rolled);
        if (later != null) {
            problems.add(ProblemKind.LOG_BROKEN, 0, rolled.endBlock, from.sequence(), later.nextSequence());
            rebuilt = true;
            from = later;
            rolled = new RollForward(volume, later);
        }
        checkpoint = from;
        region = rebuilt ? 0 : from == regions.a ? volume.geometry.checkpointA() : volume.geometry.checkpointB();
        log = rolled;
        load(from);
        if (rebuilt && scan != null && Arrays.stream(from.mapBlocks()).allMatch(pointer -> pointer == 0)) {
            takeAll(scan);
        }
        Problems last = new Problems();
        Claims before = claims(from);
        if (!rebuilt) {
            new UsagePass(volume).compare(from.usageBlocks(), before, last);
            counts(from, before, last);
        }
        rolled.apply(table, problems);
        if (!quick) {
            occupied.addAll(before);
        }
        boolean isChanged = passes(from, rolled, scan, rolled.groups == 0 ? before : null);
        if (!problems.hasDamage()) {
            problems.addAll(last);
        }
        if (!quick) {
            occupy(isChanged ? claims(from) : before);
        }
    }

    /**
     * A state in the log that is newer than what a checkpoint and the log behind it lead to. Only when the other region is not valid: it may
     * have been that state's, and the log was flushed before. What a recovery wrote that was cut short at its checkpoint is no such state.
     */
    private static @Nullable Checkpoint later(Checkpoints regions, LogScan scan, Checkpoint from, RollForward rolled) {
        if (regions.a != null && regions.b != null) {
            return null;
        }
        Checkpoint last = scan.lastCheckpoint();
        return last == null
                        || last.nextSequence() <= rolled.endSequence
                        || scan.isOfRecovery(from.sequence(), rolled.endSequence, last.nextSequence())
                ? null
                : last;
    }

    private void superblock() {
        if (volume.firstIsBad != null) {
            problems.add(ProblemKind.SUPERBLOCK_CORRUPT, 0, volume.geometry.backupBlock(), 0, 0, volume.firstIsBad);
        } else if (!quick && !volume.isBackupRight()) {
            problems.add(ProblemKind.BACKUP_SUPERBLOCK_WRONG, 0, volume.geometry.backupBlock(), 0, 0);
        }
    }

    private void load(Checkpoint from) {
        int[] pointers = from.mapBlocks();
        int[] sorted = pointers.clone();
        Arrays.sort(sorted);
        for (int index = 0; index < pointers.length; index++) {
            int pointer = pointers[index];
            if (pointer == 0) {
                continue;
            }
            int place = Arrays.binarySearch(sorted, pointer);
            boolean shared = place > 0 && sorted[place - 1] == pointer
                    || place + 1 < sorted.length && sorted[place + 1] == pointer;
            int first = shared ? first(pointers, pointer) : index;
            if (first == index) {
                table.load(index, volume.block(pointer));
            } else {
                problems.add(ProblemKind.MAP_BLOCK_SHARED, 0, pointer, first, 0);
            }
        }
    }

    private static int first(int[] pointers, int wanted) {
        int index = 0;
        while (pointers[index] != wanted) {
            index++;
        }
        return index;
    }

    /** Of a log in which no inode map is left: each inode as the log has it last. */
    private void takeAll(LogScan scan) {
        for (int number : scan.numbers()) {
            Inode inode = scan.newest(number, 0);
            if (inode != null) {
                table.put(inode);
            }
        }
    }

    private Claims claims(Checkpoint from) {
        Claims claims = new Claims();
        claims.addAll(table);
        claims.addTable(from.mapBlocks(), Format.KIND_INODE_MAP);
        claims.addTable(from.usageBlocks(), Format.KIND_USAGE);
        return claims.sort();
    }

    private void counts(Checkpoint from, Claims claims, Problems last) {
        long count = 0;
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            count++;
        }
        if (count != Integer.toUnsignedLong(from.inodesUsed())) {
            last.add(ProblemKind.INODES_USED_WRONG, 0, 0, Integer.toUnsignedLong(from.inodesUsed()), count);
        }
        int extentBlocks = claims.count(Format.KIND_EXTENTS);
        if (extentBlocks != from.extentBlocks()) {
            last.add(ProblemKind.EXTENT_BLOCKS_WRONG, 0, 0, Integer.toUnsignedLong(from.extentBlocks()), extentBlocks);
        }
    }

    /**
     * Passes 1 to 4.
     *
     * @param known claims that are right already, or null
     * @return whether claims may have changed
     */
    private boolean passes(Checkpoint from, RollForward rolled, @Nullable LogScan scan, @Nullable Claims known) {
        InodePass inodes = new InodePass(volume, table, problems, scan);
        inodes.run();
        Claims claims = known != null && problems.count() == 0 ? known : claims(from);
        SummaryPass summaries = new SummaryPass(volume, from, problems, frugal);
        DirectoryPass directories = new DirectoryPass(volume, table, problems, !quick);
        if (scan == null) {
            summaries.run(claims, rolled.log);
        } else {
            summaries.run(claims);
            resurrect(summaries, directories, scan, inodes);
            claims = problems.count() == 0 ? claims : claims(from);
        }
        summaries.overlaps(claims, volume.geometry.blockCount() - (long) claims.count());
        mapBlocks.addAll(summaries.mapBlocks);
        usageBlocks.addAll(summaries.usageBlocks);
        directories.run();
        new LinkPass(volume, table, problems, from.timeNanos()).run();
        logEnd(rolled, claims);
        return claims != known;
    }

    private void resurrect(SummaryPass summaries, DirectoryPass directories, LogScan scan, InodePass inodes) {
        List<Inode> found = directories.resurrect(scan, inodes);
        if (!found.isEmpty()) {
            Claims claims = new Claims();
            for (Inode inode : found) {
                claims.add(inode);
            }
            summaries.run(claims.sort());
        }
    }

    private void logEnd(RollForward rolled, Claims claims) {
        int rank = claims.firstFrom(rolled.endLimit) - 1;
        if (rank >= 0 && claims.end(rank) > rolled.endBlock) {
            problems.add(
                    ProblemKind.LOG_END_IN_LIVE_BLOCKS,
                    claims.inodeNumber(rank),
                    Math.max(rolled.endBlock, claims.start(rank)),
                    rolled.endBlock,
                    rolled.endLimit);
        }
    }

    private void occupy(Claims after) {
        occupied.addAll(after);
        if (log != null) {
            for (PartialWrite write : log.log) {
                occupied.add(write.address(), 1 + write.count(), Format.KIND_OPERATIONS, null, 0);
            }
        }
        occupied.sort();
    }

    // ---- For reports and repairs ----

    /** The problems, with the paths of their inodes. */
    List<Problem> withPaths() {
        List<Problem> with = new ArrayList<>(problems.list().size());
        for (Problem problem : problems.list()) {
            String path = problem.inode() == 0 ? "" : DirectoryPass.path(table.get(problem.inode()));
            with.add(path.isEmpty() ? problem : problem.withPath(path));
        }
        return with;
    }

    /**
     * Writes what was put right.
     *
     * @param nowNanos time to stamp, 0 for that of the checkpoint
     * @return blocks written; -1 when there was no room, which is noted
     */
    int write(long nowNanos) {
        Checkpoint from = checkpoint;
        RollForward rolled = log;
        if (from == null || rolled == null) {
            return -1;
        }
        Rewriting rewriting =
                new Rewriting(volume, table, from, region, rolled, nowNanos > 0 ? nowNanos : from.timeNanos());
        int written = rewriting.run(occupied, mapBlocks, usageBlocks, problems);
        if (written >= 0 && (volume.firstIsBad != null || !volume.isBackupRight())) {
            Rewriting.superblock(volume);
        }
        return written;
    }
}
