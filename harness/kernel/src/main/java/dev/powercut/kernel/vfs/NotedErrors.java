package dev.powercut.kernel.vfs;

import dev.powercut.sim.Completion;
import dev.powercut.sim.Runner;
import dev.powercut.sim.Task;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.fault.MediumException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device whose write errors are noted and not thrown, since who writes is seldom who wrote: the data are lost, as on Linux, what
 * could not be written counts as clean, and the next fsync of each open file description tells, once. Who reads is told at once, by
 * EIO. A filesystem that keeps a log sees by {@link #lostWrites} that it must not go on.
 *
 * <p>As Linux's errseq_t: errors have ascending numbers, and each open file description knows up to which it has been told. An error of
 * a block of data is one of the file whose pages were being written; any other is one of all files of the filesystem, since what they
 * were promised may hang on it. What nobody has been told of is told to who opens the file after.
 */
final class NotedErrors implements BlockDevice {

    private final BlockDevice device;
    private final Runner runner;
    private final List<Writing> writing = new ArrayList<>();
    private long latest;
    private long ofAll;
    private long ofAllTold;
    private long toldOfFileSystem;

    /** Files with an error that nobody has been told of. */
    private int untoldFiles;

    private long lost;
    private long lostData;

    /** A task is writing pages of a file. */
    private record Writing(Task task, Inode inode) {}

    NotedErrors(Runner runner, BlockDevice device) {
        this.runner = runner;
        this.device = device;
    }

    /** What an open file description has been told of: numbers of errors. */
    static final class Told {
        private long ofFile;
        private long ofAll;
        private long ofFileSystem;
    }

    /** A file is opened. */
    Told opened(Inode inode) {
        Told told = new Told();
        told.ofFile = inode.writeErrorTold;
        told.ofAll = ofAllTold;
        told.ofFileSystem = toldOfFileSystem;
        return told;
    }

    /** Whether something of a file, or of all, could not be written that has not been told: then it is told now. */
    boolean tell(Inode inode, Told told) {
        boolean tells = inode.writeError > told.ofFile || ofAll > told.ofAll;
        if (inode.writeError > inode.writeErrorTold) {
            untoldFiles--;
        }
        inode.writeErrorTold = inode.writeError;
        ofAllTold = ofAll;
        told.ofFile = inode.writeError;
        told.ofAll = ofAll;
        return tells;
    }

    /** Whether something of any file could not be written that has not been told as an error of the filesystem: then it is now. */
    boolean tellOfFileSystem(Told told) {
        boolean tells = latest > told.ofFileSystem;
        told.ofFileSystem = latest;
        toldOfFileSystem = latest;
        return tells;
    }

    /** Whether nobody has been told of some error. */
    boolean hasUntold() {
        return latest > toldOfFileSystem && (ofAll > ofAllTold || untoldFiles > 0);
    }

    /** Notes an error of a write that was never made, since something could not be read for it. */
    void note() {
        ofAll = ++latest;
    }

    /** The running task begins to write pages of a file. */
    void begin(Inode inode) {
        writing.add(new Writing(runner.current(), inode));
    }

    void end() {
        writing.remove(latestHere());
    }

    /** What the running task is writing: index of what it began last; -1 for nothing. */
    private int latestHere() {
        int at = writing.size() - 1;
        while (at >= 0 && writing.get(at).task != runner.current()) {
            at--;
        }
        return at;
    }

    /** The file whose data a write holds; null when it holds anything else. */
    private @Nullable Inode fileOf(Cause cause) {
        int at = cause.kind().isFileData() ? latestHere() : -1;
        return at < 0 ? null : writing.get(at).inode;
    }

    private void note(@Nullable Inode file) {
        if (file == null) {
            note();
            return;
        }
        if (file.writeError <= file.writeErrorTold) {
            untoldFiles++;
        }
        file.writeError = ++latest;
    }

    @Override
    public long sectorCount() {
        return device.sectorCount();
    }

    @Override
    public long skipZeroes(long sector, long end) {
        return device.skipZeroes(sector, end);
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public long lostWrites() {
        return lost;
    }

    @Override
    public long lostDataWrites() {
        return lostData;
    }

    @Override
    public Completion submit(Request request) {
        Inode file = request instanceof Request.Write write ? fileOf(write.cause()) : null;
        Completion completion = device.submit(request);
        completion.translate(failure -> {
            if (!(failure instanceof MediumException medium)) {
                return failure;
            }
            if (request instanceof Request.Read) {
                return error(medium);
            }
            if (request instanceof Request.Write write && write.cause().kind().isFileData()) {
                lostData++;
            } else {
                lost++;
            }
            note(file);
            return null;
        });
        return completion;
    }

    private static ErrnoException error(MediumException e) {
        return Errno.EIO.exception(String.valueOf(e.getMessage()));
    }
}
