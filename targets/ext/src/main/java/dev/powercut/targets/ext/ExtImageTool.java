package dev.powercut.targets.ext;

import dev.powercut.check.image.DumpTopic;
import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.image.ProblemReport;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.ImageTool;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckReport;
import dev.powercut.targets.ext.journal.RecoveryReport;
import dev.powercut.targets.ext.mkfs.DeviceTooSmallException;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mkfs, fsck and dump of ext2 and ext3 images, for the command line: what both have in common. */
abstract class ExtImageTool implements ImageTool {

    /** How to make what is asked for; throws as {@link #format}. */
    abstract MkfsOptions mkfsOptions(FormatRequest request);

    abstract Fsck newFsck();

    /** A look at an image for people; an ext2 tool does not look at an image whose journal is to be replayed. */
    abstract ImageView view(SectorSource source) throws ImageFormatException;

    /** What a format made, further lines. */
    List<String> formatted(BlockDevice device) {
        return List.of();
    }

    /** A topic of {@link #dump} that only one of them has; null when it has not. */
    @Nullable
    List<String> dumpMore(ImageView view, String topic) {
        return null;
    }

    @Override
    public List<String> format(BlockDevice device, FormatRequest request) {
        try {
            Geometry geometry = Mkfs.format(device, mkfsOptions(request));
            List<String> lines = new ArrayList<>(List.of(
                    type() + ": " + geometry.blockCount() + " blocks of " + geometry.blockSizeBytes() + " bytes in "
                            + ProblemReport.counted(geometry.groupCount(), "group"),
                    type() + ": " + geometry.inodeCount() + " inodes of " + geometry.inodeSizeBytes() + " bytes"));
            lines.addAll(formatted(device));
            return lines;
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> checkOptions() {
        return List.of(
                "superblock=BLOCK    use the backup superblock in this block; without it, backups are looked for",
                "block-size=BYTES    block size by which that block is counted; without it, each is tried",
                "shared=clone|clear  a block that two files claim: copy it for the second (default), or take it away from it");
    }

    @Override
    public CheckReport check(BlockDevice device, CheckRequest request) {
        FsckReport report = newFsck().run(device, CheckOptions.parse(request));
        return new CheckReport(
                report.exitCode(), report.checkedProblems(), summary(report, request.mode() == CheckMode.READ_ONLY));
    }

    private String summary(FsckReport report, boolean readOnly) {
        RecoveryReport recovery = report.recovery();
        if (recovery == null) {
            return verdict(report);
        }
        return verdict(report)
                + (readOnly ? "; not recovered, but looked at as if it were: " : "; ")
                + String.join("; ", recovery.lines());
    }

    private String verdict(FsckReport report) {
        RecoveryReport recovery = report.recovery();
        if (report.problems().isEmpty() && recovery != null && recovery.lost()) {
            return type() + ": transactions in the journal are damaged, and "
                    + (report.exitCode() == FsckReport.EXIT_CORRECTED ? "were dropped" : "would be dropped")
                    + "; nothing else is wrong";
        } else if (report.problems().isEmpty() && report.exitCode() == FsckReport.EXIT_CORRECTED) {
            return type() + ": clean, but was not marked so; now it is";
        }
        String found = report.counts();
        String written = FsckReport.counted(report.sectorsWritten(), "sector") + " written";
        return type() + ": "
                + switch (report.exitCode()) {
                    case FsckReport.EXIT_CLEAN ->
                        report.problems().isEmpty()
                                ? "clean"
                                : "clean, but for "
                                        + FsckReport.counted(report.problems().size(), "trifle");
                    case FsckReport.EXIT_CORRECTED -> found + "; mended, " + written;
                    case FsckReport.EXIT_OPERATIONAL -> "this cannot be checked";
                    default ->
                        found + "; errors are left, "
                                + (report.sectorsWritten() == 0 ? "nothing was written" : written);
                };
    }

    /** The superblock's record, where there is room for one and its magic is right; else null. */
    static byte @Nullable [] superblock(BlockDevice device) {
        byte[] record = new byte[Format.SUPERBLOCK_BYTES];
        if (device.sectorCount() * Sector.BYTES < Format.SUPERBLOCK_OFFSET_BYTES + Format.SUPERBLOCK_BYTES) {
            return null;
        }
        device.read(Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, record.length / Sector.BYTES, record, 0);
        return Superblock.magic(record, 0) == Format.MAGIC ? record : null;
    }

    @Override
    public List<String> blocks(BlockDevice device, long inodeNumber) {
        ImageView view = view(device);
        if (inodeNumber < 1 || inodeNumber > view.geometry.inodeCount()) {
            throw new IllegalArgumentException("there is no inode " + inodeNumber);
        }
        return new ImageDump(view).blocks((int) inodeNumber);
    }

    @Override
    public List<String> dumpTopics() {
        return List.of(
                "superblock   all that the superblock says",
                "groups       where the tables of each group are, and what is free there",
                "group N      one group, with its free blocks and inodes",
                "inode N      all that an inode says, its blocks and its path",
                "directory N  the entries of the directory with this inode",
                "block N      whose a block is, and what it holds",
                "owner N      whose a block is, in one line",
                "sector N     what a sector of 512 bytes holds");
    }

    @Override
    public List<String> dump(BlockDevice device, List<String> topic) {
        ImageView view = view(device);
        Geometry geometry = view.geometry;
        ImageDump dump = new ImageDump(view);
        DumpTopic asked = new DumpTopic(topic);
        String word = asked.word();
        List<String> more = dumpMore(view, word);
        if (more != null) {
            return more;
        }
        return switch (word) {
            case "superblock" -> dump.superblock();
            case "groups" -> dump.groups();
            case "group" -> dump.group((int) asked.number(0, geometry.groupCount() - 1));
            case "inode" -> dump.inode((int) asked.number(1, geometry.inodeCount()));
            case "directory" -> dump.directory((int) asked.number(1, geometry.inodeCount()));
            case "block" -> dump.block((int) asked.number(0, geometry.blockCount() - 1));
            case "owner" -> dump.owner((int) asked.number(0, geometry.blockCount() - 1));
            case "sector" -> dump.sector(asked.number(0, view.sectorCount() - 1));
            default -> throw asked.unknown(dumpTopics());
        };
    }

    private ImageView view(BlockDevice device) {
        try {
            return view(SectorSource.of(device));
        } catch (ImageFormatException e) {
            throw new IllegalArgumentException(
                    "not a readable " + type() + " image: " + e.what() + " (at byte " + e.offsetBytes() + "); "
                            + e.remedy(),
                    e);
        }
    }
}
