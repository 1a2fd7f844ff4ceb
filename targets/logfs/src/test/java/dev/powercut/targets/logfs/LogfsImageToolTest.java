package dev.powercut.targets.logfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.ImageTool;
import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.check.target.ImageTool.CheckReport;
import dev.powercut.check.target.ImageTool.CheckRequest;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.mkfs.MkfsOptions;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What the command line offers for logfs images. */
class LogfsImageToolTest {

    private static final ImageTool TOOL = ServiceLoader.load(ImageTool.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(tool -> tool.type().equals("logfs"))
            .findFirst()
            .orElseThrow();

    private static ImageBuilder populated() {
        return ImageBuilder.populated(2 << 20, MkfsOptions.defaults().withBlocks(1024, 64 << 10));
    }

    private static List<String> dump(ImageBuilder image, String... topic) {
        return TOOL.dump(ImageBuilder.disk(image.image()), List.of(topic));
    }

    private static void has(List<String> lines, String part) {
        assertTrue(lines.stream().anyMatch(line -> line.contains(part)), () -> part + " in " + lines);
    }

    @Test
    void whatMkfsMakesIsRecognizedAndClean() {
        SimulatedDisk disk = ImageBuilder.disk(DiskImage.blank(16384));
        assertFalse(TOOL.recognizes(disk));
        TOOL.format(disk, new FormatRequest(8 << 20, 4096, "segment=64K,label=test"));
        assertTrue(TOOL.recognizes(disk));
        CheckReport report = TOOL.check(disk, new CheckRequest(CheckMode.READ_ONLY, Map.of(), 0));
        assertEquals(0, report.exitCode());
        assertEquals("logfs: clean", report.summary());
        has(TOOL.dump(disk, List.of()), "test");
    }

    @Test
    void aVolumeThatIsMadeUsedIsFullAndClean() {
        FormatRequest request = new FormatRequest(512 << 10, 1024, "segment=8K,used=100");
        SimulatedDisk disk = ImageBuilder.disk(DiskImage.blank(1024));
        TOOL.format(disk, request);
        assertEquals(
                "logfs: clean",
                TOOL.check(disk, new CheckRequest(CheckMode.READ_ONLY, Map.of(), 0))
                        .summary());
        has(TOOL.dump(disk, List.of("segments")), "live");
        assertEquals(disk.image(), new LogfsTarget().format(request));
        FormatRequest wrong = new FormatRequest(512 << 10, 1024, "used=101");
        assertThrows(IllegalArgumentException.class, () -> new LogfsTarget().format(wrong));
    }

    @Test
    void anImageWithItsBackupOnlyIsRecognized() {
        ImageBuilder image = populated();
        image.bytes()[0] ^= 1;
        SimulatedDisk disk = ImageBuilder.disk(image.image());
        assertTrue(TOOL.recognizes(disk));
        assertEquals(
                1,
                TOOL.check(disk, new CheckRequest(CheckMode.YES, Map.of(), 0)).exitCode());
        assertEquals(populated().image().sector(0), disk.image().sector(0));
    }

    @Test
    void everyTopicIsShownInWords() {
        ImageBuilder image = populated();
        int directory = image.directory(1, "behind");
        image.operation(Format.OP_CREATE, 4, directory, 2, 0, "", 1, "behind", 0, 0);
        image.group();
        has(dump(image, "checkpoints"), "the one that counts");
        has(dump(image, "segments"), "live bytes");
        has(dump(image, "segment", "0"), "partial write 1 after checkpoint 0");
        has(dump(image, "log"), "create: inode " + directory + " version 1, 'behind' set in directory 1, 2 links");
        has(dump(image, "map"), "inode 1: version 1");
        has(dump(image, "inode", "3"), "/level0/a");
        has(dump(image, "directory", "1"), "level0");
        int block = image.blockOf(3, 0);
        has(dump(image, "block", "" + block), "is file block 0 of inode 3 (/level0/a)");
        has(dump(image, "owner", "" + image.recordAt(3) / 1024), "holds the record of inode");
        has(dump(image, "sector", "0"), "is the superblock");
        has(TOOL.blocks(ImageBuilder.disk(image.image()), 3), "file block 0: block " + block);
        assertThrows(IllegalArgumentException.class, () -> dump(image, "segment", "99999"));
        assertThrows(IllegalArgumentException.class, () -> dump(image, "directory", "3"));
        assertThrows(IllegalArgumentException.class, () -> dump(image, "nothing"));
    }
}
