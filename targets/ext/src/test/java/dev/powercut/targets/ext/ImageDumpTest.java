package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dump says of an image is what dumpe2fs and debugfs say of it. */
class ImageDumpTest {

    /** Our names of fields of the superblock, and those of dumpe2fs. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("volume name", "Filesystem volume name"),
            Map.entry("uuid", "Filesystem UUID"),
            Map.entry("features", "Filesystem features"),
            Map.entry("state", "Filesystem state"),
            Map.entry("inodes", "Inode count"),
            Map.entry("blocks", "Block count"),
            Map.entry("reserved blocks", "Reserved block count"),
            Map.entry("free blocks", "Free blocks"),
            Map.entry("free inodes", "Free inodes"),
            Map.entry("first block", "First block"),
            Map.entry("block size", "Block size"),
            Map.entry("reserved descriptors", "Reserved GDT blocks"),
            Map.entry("blocks per group", "Blocks per group"),
            Map.entry("inodes per group", "Inodes per group"),
            Map.entry("inode table blocks", "Inode blocks per group"),
            Map.entry("first inode", "First inode"),
            Map.entry("inode size", "Inode size"),
            Map.entry("mounts since check", "Mount count"),
            Map.entry("mounts until check", "Maximum mount count"),
            Map.entry("hash seed", "Directory Hash Seed"));

    private final Ext2ImageTool tool = new Ext2ImageTool();

    private static DiskImage image(int blockSize, int inodeSize) {
        StringBuilder commands = new StringBuilder("mkdir /d\nmkdir /d/e\ncd /d/e\nmknod p p\nmknod c c 5 7\n");
        commands.append("symlink s target\nsymlink l ").append("y".repeat(90)).append('\n');
        commands.append("write /usr/sbin/mke2fs large\nea_set large user.a ")
                .append("v".repeat(400))
                .append("\nln large /d/hard\nsif large links_count 2\n");
        return E2fsprogs.mke2fs(
                20 << 20,
                List.of("-t", "ext2", "-b", "" + blockSize, "-I", "" + inodeSize, "-L", "a name", "-g", "4096"),
                commands.toString());
    }

    private List<String> dump(DiskImage image, String... topic) {
        return tool.dump(SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image), List.of(topic));
    }

    private static Map<String, String> fields(List<String> lines, String separator) {
        Map<String, String> fields = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(separator, 2);
            if (parts.length == 2) {
                fields.putIfAbsent(parts[0].trim(), parts[1].trim());
            }
        }
        return fields;
    }

    @ParameterizedTest
    @CsvSource({"1024, 128", "2048, 1024", "4096, 256"})
    void superblockAgreesWithDumpe2fs(int blockSize, int inodeSize) {
        DiskImage image = image(blockSize, inodeSize);
        Map<String, String> ours = fields(dump(image, "superblock"), "  +");
        Map<String, String> theirs = fields(E2fsprogs.dumpe2fs(image).lines().toList(), ":");
        FIELDS.forEach((mine, name) -> {
            String expected = theirs.getOrDefault(name, "");
            if (mine.equals("features")) {
                assertEquals(sorted(expected), sorted(ours.getOrDefault(mine, "")));
            } else {
                assertEquals(expected.isEmpty() ? "0" : expected, ours.get(mine), mine);
            }
        });
    }

    private static List<String> sorted(String words) {
        return List.of(words.trim().split(" +")).stream().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({"1024, 128", "4096, 256"})
    void groupsAgreeWithDumpe2fs(int blockSize, int inodeSize) {
        DiskImage image = image(blockSize, inodeSize);
        String said = E2fsprogs.dumpe2fs(image);
        List<String> ours = dump(image, "groups");
        String[] theirs = said.split("\nGroup ");
        assertEquals(theirs.length - 1, ours.size());
        for (int group = 0; group < ours.size(); group++) {
            String text = theirs[group + 1];
            Matcher blocks = find("Blocks (\\d+)-(\\d+)", text);
            assertHas(ours.get(group), "blocks " + blocks.group(1) + "-" + blocks.group(2));
            assertHas(
                    ours.get(group),
                    "block bitmap " + find("Block bitmap at (\\d+)", text).group(1));
            assertHas(
                    ours.get(group),
                    "inode bitmap " + find("Inode bitmap at (\\d+)", text).group(1));
            assertHas(
                    ours.get(group),
                    "inode table " + find("Inode table at (\\d+)-", text).group(1));
            Matcher free = find("(\\d+) free blocks, (\\d+) free inodes, (\\d+) directories", text);
            assertHas(
                    ours.get(group),
                    "free blocks " + free.group(1) + ", free inodes " + free.group(2) + ", directories "
                            + free.group(3));
            Map<String, String> one = fields(dump(image, "group", "" + group), "  +");
            assertEquals(find("Free blocks: (.*)", text).group(1), one.get("free blocks"));
            assertEquals(find("Free inodes: (.*)", text).group(1), one.get("free inodes"));
        }
    }

    private static Matcher find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), () -> pattern + " in " + text);
        return matcher;
    }

    private static void assertHas(String line, String words) {
        assertTrue(line.contains(words), () -> "'" + words + "' in '" + line + "'");
    }

    @ParameterizedTest
    @CsvSource({"1024, 128", "2048, 1024", "4096, 256"})
    void inodesAgreeWithDebugfs(int blockSize, int inodeSize) {
        DiskImage image = image(blockSize, inodeSize);
        for (String path : List.of("/", "/lost+found", "/d/e", "/d/e/p", "/d/e/c", "/d/e/s", "/d/e/l", "/d/e/large")) {
            String said = E2fsprogs.debugfs(image, "stat " + path + "\n");
            String inode = find("Inode: (\\d+)", said).group(1);
            Map<String, String> ours = fields(dump(image, "inode", inode), "  +");
            assertEquals(find("Mode:  (\\d+)", said).group(1), ours.get("mode"), path);
            assertEquals(find("Size: (\\d+)", said).group(1), ours.get("size"), path);
            assertEquals(find("Links: (\\d+)", said).group(1), ours.get("links"), path);
            assertEquals(find("Blockcount: (\\d+)", said).group(1), ours.get("sectors"), path);
            assertEquals(find("Flags: (0x[0-9a-f]+)", said).group(1), ours.get("flags"), path);
            assertEquals(find("Generation: (\\d+)", said).group(1), ours.get("generation"), path);
            assertEquals(find("File ACL: (\\d+)", said).group(1), ours.get("attribute block"), path);
            assertEquals(path.equals("/d/e/large") ? "/d/hard" : path, ours.get("path"));
        }
        String device = E2fsprogs.debugfs(image, "stat /d/e/c\n");
        Matcher number = find("Device major/minor number: (\\d+):(\\d+)", device);
        String inode = find("Inode: (\\d+)", device).group(1);
        assertEquals(
                Integer.parseInt(number.group(1)) + ", " + Integer.parseInt(number.group(2)),
                fields(dump(image, "inode", inode), "  +").get("device"));
    }

    @ParameterizedTest
    @CsvSource({"1024, 128", "4096, 256"})
    void directoriesAgreeWithDebugfs(int blockSize, int inodeSize) {
        DiskImage image = image(blockSize, inodeSize);
        for (String path : List.of("/", "/d", "/d/e")) {
            String inode = find("Inode: (\\d+)", E2fsprogs.debugfs(image, "stat " + path + "\n"))
                    .group(1);
            List<String> theirs = new ArrayList<>();
            for (String line :
                    E2fsprogs.debugfs(image, "ls -p " + path + "\n").lines().toList()) {
                String[] parts = line.split("/");
                if (parts.length > 5) {
                    theirs.add(parts[1] + " " + parts[5]);
                }
            }
            List<String> ours = dump(image, "directory", inode).stream()
                    .map(line -> line.trim().split(" +"))
                    .map(words -> words[0] + " " + words[words.length - 1])
                    .toList();
            assertEquals(theirs, ours, path);
        }
    }

    @ParameterizedTest
    @CsvSource({"1024, 128", "4096, 256"})
    void ownersOfBlocksAgreeWithDebugfs(int blockSize, int inodeSize) {
        DiskImage image = image(blockSize, inodeSize);
        List<Integer> blocks = new ArrayList<>(List.of(3, 60, 300, 500, 1000, 4500, 5000));
        for (String path : List.of("/", "/d/e", "/d/e/l", "/d/e/large")) {
            String[] own = find("blocks \\S+\\s+((?:\\d+ )+)", E2fsprogs.debugfs(image, "blocks " + path + "\n"))
                    .group(1)
                    .split(" ");
            blocks.add(Integer.parseInt(own[own.length - 1]));
        }
        StringBuilder commands = new StringBuilder("icheck");
        blocks.forEach(block -> commands.append(' ').append(block));
        String said = E2fsprogs.debugfs(image, commands + "\n");
        int owned = 0;
        for (int block : blocks) {
            String theirs = find("(?m)^" + block + "\t(.*)$", said).group(1).trim();
            String ours = dump(image, "owner", "" + block).getFirst();
            boolean metadata = ours.contains("is metadata of group") || theirs.equals("7");
            if (theirs.startsWith("<") || metadata) {
                assertTrue(ours.contains("is free") || metadata, ours);
            } else {
                assertHas(ours, "block " + block + " belongs to inode " + theirs + " ");
                String path = E2fsprogs.debugfs(image, "ncheck " + theirs + "\n");
                String name = find("belongs to inode \\d+ \\((.*?)\\)", ours).group(1);
                assertTrue(path.replace("//", "/").contains("\t" + name) || name.equals("/"), path + ours);
                owned++;
            }
        }
        assertTrue(owned >= 2, said);
    }

    @Test
    void blocksOfAFileAgreeWithDebugfs() {
        DiskImage image = image(1024, 128);
        String said = E2fsprogs.debugfs(image, "stat /d/e/large\n");
        String theirs = said.substring(said.indexOf("BLOCKS:"))
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        List<String> ours = tool.blocks(
                SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image),
                Long.parseLong(find("Inode: (\\d+)", said).group(1)));
        assertEquals(
                blocksOf(theirs, "(?:\\((?:\\d+-)?\\d+\\)|\\(\\w*IND\\)):(\\d+)(?:-(\\d+))?"),
                blocksOf(String.join("\n", ours), "(?:block \\S+|on): (\\d+)(?:-(\\d+))?"));
    }

    private static List<Long> blocksOf(String text, String pattern) {
        List<Long> blocks = new ArrayList<>();
        Matcher run = Pattern.compile(pattern).matcher(text);
        while (run.find()) {
            long first = Long.parseLong(run.group(1));
            long last = run.group(2) == null ? first : Long.parseLong(run.group(2));
            for (long block = first; block <= last; block++) {
                blocks.add(block);
            }
        }
        return blocks.stream().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({"inode 0", "inode x", "block 20480", "group 9", "directory 12x", "sector -1", "nothing"})
    void topicThatIsNotThereIsRefused(String topic) {
        DiskImage image = image(1024, 128);
        assertThrows(IllegalArgumentException.class, () -> dump(image, topic.split(" ")));
    }
}
