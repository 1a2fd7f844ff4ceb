package dev.powercut.targets.logfs;

import dev.powercut.check.image.DumpTopic;
import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.ImageTool;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.Superblock;
import dev.powercut.targets.logfs.fs.LogfsType;
import dev.powercut.targets.logfs.fsck.Fsck;
import dev.powercut.targets.logfs.fsck.FsckReport;
import dev.powercut.targets.logfs.fsck.ImageDump;
import dev.powercut.targets.logfs.mkfs.DeviceTooSmallException;
import dev.powercut.targets.logfs.mkfs.Mkfs;
import java.util.List;

/** mkfs, fsck and dump of logfs images, for the command line. */
public final class LogfsImageTool implements ImageTool {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    public LogfsImageTool() {}

    @Override
    public String type() {
        return "logfs";
    }

    @Override
    public String summary() {
        return "the log-structured filesystem, revision 1";
    }

    @Override
    public List<String> formatOptions() {
        return FormatOptions.lines();
    }

    @Override
    public List<String> format(BlockDevice device, FormatRequest request) {
        try {
            int percent = AgedVolume.percent(request);
            Geometry g = Mkfs.format(device, FormatOptions.parse(AgedVolume.plain(request)));
            if (percent >= 0) {
                AgedVolume.age(device, percent);
            }
            return List.of(
                    "logfs: " + g.blockCount() + " blocks of " + g.blockSizeBytes() + " bytes, " + g.segmentCount()
                            + " segments of " + g.segmentBlocks() + " blocks, " + g.reserveSegments() + " in reserve",
                    "logfs: up to " + g.inodeCount() + " inodes");
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> checkOptions() {
        return List.of();
    }

    @Override
    public CheckReport check(BlockDevice device, CheckRequest request) {
        if (!request.options().isEmpty()) {
            throw new IllegalArgumentException("fsck of logfs has no options of its own, such as '"
                    + request.options().keySet().iterator().next() + "'");
        }
        FsckReport report = Fsck.withPaths().run(device, request.mode(), nanos(request.nowSeconds()));
        return new CheckReport(report.exitCode(), report.checkedProblems(), summary(report));
    }

    /** A time that cannot be said in nanoseconds is as none. */
    private static long nanos(long seconds) {
        return Math.abs(seconds) > Long.MAX_VALUE / NANOS_PER_SECOND ? 0 : seconds * NANOS_PER_SECOND;
    }

    private static String summary(FsckReport report) {
        String found = report.counts() + rolledForward(report);
        String written = FsckReport.counted(report.blocksWritten(), "block") + " written";
        return "logfs: "
                + switch (report.exitCode()) {
                    case FsckReport.EXIT_CLEAN -> found;
                    case FsckReport.EXIT_CORRECTED ->
                        found + (report.problems().isEmpty() ? "" : "; mended") + ", " + written;
                    case FsckReport.EXIT_OPERATIONAL -> "this cannot be checked";
                    default ->
                        found + "; errors are left, " + (report.blocksWritten() == 0 ? "nothing was written" : written);
                };
    }

    private static String rolledForward(FsckReport report) {
        if (report.rolledGroups() == 0) {
            return "";
        }
        String groups = FsckReport.counted(report.rolledGroups(), "group") + " of the log";
        return report.blocksWritten() == 0
                ? "; behind the checkpoint, " + groups + " to be rolled forward"
                : "; " + groups + " rolled forward";
    }

    @Override
    public boolean recognizes(BlockDevice device) {
        long bytes = device.sectorCount() * Sector.BYTES;
        byte[] b = new byte[Sector.BYTES];
        device.read(0, 1, b, 0);
        if (Superblock.hasMagic(b, 0)) {
            return true;
        }
        for (int size = 1024; size <= 4096; size *= 2) {
            long block = bytes / size - 1;
            if (block >= 1) {
                device.read(block * size / Sector.BYTES, 1, b, 0);
                if (isSound(b, bytes, block * size)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A backup alone must be sound: another filesystem may have been made over an old logfs. */
    private static boolean isSound(byte[] b, long deviceBytes, long at) {
        try {
            Superblock.decode(b, 0, deviceBytes, at);
            return true;
        } catch (ImageFormatException e) {
            return false;
        }
    }

    @Override
    public FileSystemType fileSystem() {
        return new LogfsType();
    }

    @Override
    public List<String> remarks(BlockDevice device) {
        return new LogfsType().remarks(device);
    }

    @Override
    public List<String> blocks(BlockDevice device, long inodeNumber) {
        return dump(device).blocks(inodeNumber);
    }

    @Override
    public List<String> dumpTopics() {
        return List.of(
                "superblock   all that the superblock says",
                "checkpoints  both checkpoint regions",
                "segments     live bytes and age of each segment that was ever written",
                "segment N    the partial writes in a segment, with their summaries",
                "log          the partial writes behind the checkpoint",
                "map          the inode map: where each inode is",
                "inode N      all that an inode says, its blocks and its path",
                "directory N  the entries of the directory with this inode",
                "block N      whose a block is, and what it holds",
                "owner N      whose a block is, in one line",
                "sector N     what a sector of 512 bytes holds");
    }

    @Override
    public List<String> dump(BlockDevice device, List<String> topic) {
        ImageDump dump = dump(device);
        Geometry g = dump.geometry();
        DumpTopic asked = new DumpTopic(topic);
        return switch (asked.word()) {
            case "superblock" -> dump.superblock();
            case "checkpoints" -> dump.checkpoints();
            case "segments" -> dump.segments();
            case "segment" -> dump.segment((int) asked.number(0, g.segmentCount() - 1));
            case "log" -> dump.log();
            case "map" -> dump.map();
            case "inode" -> dump.inode(asked.number(1, g.inodeCount()));
            case "directory" -> dump.directory(asked.number(1, g.inodeCount()));
            case "block" -> dump.block((int) asked.number(0, g.blockCount() - 1));
            case "owner" -> dump.owner((int) asked.number(0, g.blockCount() - 1));
            case "sector" -> dump.sector(asked.number(0, device.sectorCount() - 1));
            default -> throw asked.unknown(dumpTopics());
        };
    }

    private static ImageDump dump(BlockDevice device) {
        try {
            return ImageDump.of(device);
        } catch (ImageFormatException e) {
            throw new IllegalArgumentException("not a readable logfs image: " + e.getMessage(), e);
        }
    }
}
