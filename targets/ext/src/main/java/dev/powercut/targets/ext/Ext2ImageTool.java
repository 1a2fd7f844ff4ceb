package dev.powercut.targets.ext;

import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.ImageTool;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.ImageFormatException;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckReport;
import dev.powercut.targets.ext.fsck.Problem;
import dev.powercut.targets.ext.mkfs.DeviceTooSmallException;
import dev.powercut.targets.ext.mkfs.Mkfs;
import java.util.ArrayList;
import java.util.List;

/** mkfs, fsck and dump of ext2 images, for the command line. */
public final class Ext2ImageTool implements ImageTool {

    /** What dump takes into memory at most; images are mostly zero, which takes none. */
    private static final long MOST_DUMPED_BYTES = 128L << 20;

    private static final int CHUNK_SECTORS = 128;

    public Ext2ImageTool() {}

    @Override
    public String type() {
        return "ext2";
    }

    @Override
    public String summary() {
        return "the second extended filesystem, revision 1";
    }

    @Override
    public List<String> formatOptions() {
        return FormatOptions.lines();
    }

    @Override
    public List<String> format(BlockDevice device, FormatRequest request) {
        try {
            Geometry geometry = Mkfs.format(device, FormatOptions.parse(request));
            return List.of(
                    "ext2: " + geometry.blockCount() + " blocks of " + geometry.blockSizeBytes() + " bytes in "
                            + geometry.groupCount() + " groups",
                    "ext2: " + geometry.inodeCount() + " inodes of " + geometry.inodeSizeBytes() + " bytes");
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
        FsckReport report = new Fsck().run(device, CheckOptions.parse(request));
        List<CheckedProblem> problems = new ArrayList<>();
        for (Problem problem : report.problems()) {
            problems.add(new CheckedProblem(
                    problem.kind().slug(),
                    Integer.toUnsignedLong(problem.inode()),
                    Integer.toUnsignedLong(problem.block()),
                    problem.path(),
                    problem.fix(),
                    problem.text()));
        }
        return new CheckReport(report.exitCode(), problems, summary(report));
    }

    private static String summary(FsckReport report) {
        int benign = report.count(Severity.BENIGN);
        int damage = report.count(Severity.DAMAGE);
        String found = benign + damage == 0 ? "clean" : benign + " benign problems, " + damage + " of damage";
        return "ext2: "
                + switch (report.exitCode()) {
                    case FsckReport.EXIT_CLEAN -> "clean";
                    case FsckReport.EXIT_CORRECTED ->
                        found + "; mended, " + report.sectorsWritten() + " sectors written";
                    case FsckReport.EXIT_OPERATIONAL -> "this cannot be checked";
                    default ->
                        found + "; errors are left"
                                + (report.sectorsWritten() == 0
                                        ? ", nothing was written"
                                        : ", " + report.sectorsWritten() + " sectors written");
                };
    }

    @Override
    public List<String> dumpTopics() {
        return List.of(
                "superblock  state, free space, features",
                "groups      where the tables of each group are, and what is free there",
                "inode N     one inode",
                "block N     what a block is, whose, and what it holds",
                "sector N    the same for one sector of 512 bytes");
    }

    @Override
    public List<String> dump(BlockDevice device, List<String> topic) {
        DiskImage image = load(device);
        ImageView view = view(image);
        Geometry geometry = view.geometry;
        String word = topic.isEmpty() ? "superblock" : topic.getFirst();
        return switch (word) {
            case "superblock" -> ImageDecoder.decode(image, Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES);
            case "groups" -> groups(image, geometry);
            case "inode" -> inode(image, view, (int) number(topic, 1, geometry.inodeCount()));
            case "block" ->
                sectors(
                        image,
                        geometry.sectorOf((int) number(topic, 0, geometry.blockCount() - 1)),
                        geometry.sectorsPerBlock());
            case "sector" -> sectors(image, number(topic, 0, image.sectorCount() - 1), 1);
            default ->
                throw new IllegalArgumentException(
                        "there is no topic '" + word + "'; there are superblock, groups, inode N, block N, sector N");
        };
    }

    private static List<String> groups(DiskImage image, Geometry geometry) {
        long count = (long) geometry.descriptorBlocks() * geometry.sectorsPerBlock();
        return sectors(image, geometry.sectorOf(geometry.firstDescriptorBlock()), count).stream()
                .filter(line -> line.startsWith("group "))
                .toList();
    }

    private static List<String> inode(DiskImage image, ImageView view, int inode) {
        long sector = view.geometry.sectorOf(view.groups.blockOfInode(inode))
                + view.geometry.offsetInBlockOfInode(inode) / Sector.BYTES;
        return ImageDecoder.decode(image, sector).stream()
                .filter(line -> line.startsWith("inode " + inode + ":"))
                .toList();
    }

    private static List<String> sectors(DiskImage image, long first, long count) {
        List<String> lines = new ArrayList<>();
        for (long sector = first; sector < first + count; sector++) {
            for (String line : ImageDecoder.decode(image, sector)) {
                if (!lines.contains(line)) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static long number(List<String> topic, long least, long most) {
        String text = topic.size() > 1 ? topic.get(1) : "";
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notThere(topic, least, most);
        }
        throw notThere(topic, least, most);
    }

    private static IllegalArgumentException notThere(List<String> topic, long least, long most) {
        return new IllegalArgumentException(
                "'" + String.join(" ", topic) + "' is not there; give a number from " + least + " to " + most);
    }

    private static ImageView view(DiskImage image) {
        try {
            return ImageView.of(image);
        } catch (ImageFormatException e) {
            throw new IllegalArgumentException(
                    "not a readable ext2 image: " + e.what() + " (at byte " + e.offsetBytes() + "); " + e.remedy(), e);
        }
    }

    private static DiskImage load(BlockDevice device) {
        DiskImage image = DiskImage.blank(device.sectorCount());
        byte[] chunk = new byte[CHUNK_SECTORS * Sector.BYTES];
        long kept = 0;
        for (long first = 0; first < device.sectorCount(); first += CHUNK_SECTORS) {
            int count = (int) Math.min(CHUNK_SECTORS, device.sectorCount() - first);
            device.read(first, count, chunk, 0);
            for (int i = 0; i < count; i++) {
                Sector sector = Sector.copyOf(chunk, i * Sector.BYTES);
                kept += sector.isZero() ? 0 : Sector.BYTES;
                if (kept > MOST_DUMPED_BYTES) {
                    throw new IllegalArgumentException("the image holds more than " + (MOST_DUMPED_BYTES >> 20)
                            + " MiB of data, which is more than dump takes into memory; use debugfs");
                }
                image = image.with(first + i, sector);
            }
        }
        return image;
    }
}
