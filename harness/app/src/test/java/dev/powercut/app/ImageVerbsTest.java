package dev.powercut.app;

import static dev.powercut.app.Outcome.powercut;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking into an image, and copying in and out, without mounting it. */
final class ImageVerbsTest {

    @TempDir
    private Path folder;

    private Path image = Path.of("disk.img");

    private Outcome verb(String name, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = name;
        all[1] = "--image";
        all[2] = image.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return powercut(all);
    }

    @BeforeEach
    void makeImage() throws Exception {
        image = folder.resolve("disk.img");
        assertEquals(
                0,
                powercut("mkfs", "--type", "ext2", "--size", "8M", "-O", "inode-size=256", image.toString()).exitCode);
    }

    /** A tree with a large sparse file, links of both kinds, a directory and times of their own. */
    private Path tree() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Path below = Files.createDirectory(tree.resolve("below"));
        Files.write(below.resolve("small"), "hello\n".getBytes(StandardCharsets.UTF_8));
        Files.createLink(tree.resolve("hard"), below.resolve("small"));
        Files.createSymbolicLink(tree.resolve("soft"), Path.of("below/small"));
        Files.setPosixFilePermissions(below.resolve("small"), PosixFilePermissions.fromString("rwxr-x---"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(50_000_000);
            sparse.seek(30_000_000);
            sparse.write("in the middle".getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(below.resolve("small"), time());
        Files.setLastModifiedTime(below, time());
        return tree;
    }

    private static FileTime time() {
        return FileTime.from(Instant.parse("2020-02-03T04:05:06.789012345Z"));
    }

    @Test
    void treeGoesInAndComesOutAsItWas() throws Exception {
        Path tree = tree();
        Outcome in = verb("cp-in", "-r", tree.toString(), "/");
        assertEquals(0, in.exitCode, in.err);
        assertEquals(0, powercut("fsck", "--type", "ext2", "-n", image.toString()).exitCode);

        byte[] before = Files.readAllBytes(image);
        Path copy = folder.resolve("copy");
        Outcome out = verb("cp-out", "-r", "/tree", copy.toString());
        assertEquals(0, out.exitCode, out.err);
        assertArrayEquals(before, Files.readAllBytes(image), "cp-out writes nothing to the image");
        assertEquals("hello\n", Files.readString(copy.resolve("below/small")));
        assertTrue(Files.isSameFile(copy.resolve("hard"), copy.resolve("below/small")));
        assertEquals(Path.of("below/small"), Files.readSymbolicLink(copy.resolve("soft")));
        assertEquals(
                "rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("below/small"))));
        assertEquals(time(), Files.getLastModifiedTime(copy.resolve("below/small")));
        assertEquals(time(), Files.getLastModifiedTime(copy.resolve("below"), LinkOption.NOFOLLOW_LINKS));
        assertEquals(-1, Files.mismatch(tree.resolve("sparse"), copy.resolve("sparse")));
        assertTrue((Long) Files.getAttribute(copy.resolve("sparse"), "unix:size") == 50_000_000);
    }

    @Test
    void verbsTellWhatIsThereAndWriteNothing() throws Exception {
        assertEquals(0, verb("cp-in", "-r", tree().toString(), "/").exitCode);
        byte[] before = Files.readAllBytes(image);

        assertEquals(Arrays.asList("lost+found", "tree"), verb("ls").out.lines().toList());
        Outcome detailed = verb("ls", "-l", "-R", "/tree");
        assertTrue(detailed.out.contains("/tree/below/small"), detailed.out);
        assertTrue(detailed.out.contains("-rwxr-x---   2     0     0          6 2020-02-03 04:05 "), detailed.out);
        assertTrue(detailed.out.contains("soft -> below/small"), detailed.out);
        Outcome stat = verb("stat", "tree/below/small");
        assertTrue(stat.out.contains("modified  2020-02-03T04:05:06.789012345Z"), stat.out);
        Outcome blocks = verb("blocks", "/tree/sparse");
        assertTrue(blocks.out.contains("block 29296-29299: "), blocks.out);
        assertEquals("hello\n", cat("/tree/soft"));
        String dumped = powercut("dump", image.toString(), "superblock").out;
        assertTrue(dumped.contains("state                   clean"), dumped);

        assertArrayEquals(before, Files.readAllBytes(image));
    }

    private String cat(String path) {
        PrintStream standard = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, verb("cat", path).exitCode);
        } finally {
            System.setOut(standard);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Unclean, with a leak: recovered before the copy, clean afterwards. */
    @Test
    void copyingInRecoversAnUncleanImage() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(1024 + 0x3A);
            file.write(0);
        }
        Path small = Files.writeString(folder.resolve("small"), "x");
        assertEquals(0, verb("cp-in", small.toString(), "/new").exitCode);
        assertEquals("x", cat("/new"));
        assertTrue(powercut("dump", image.toString()).out.contains("state                   clean"));
    }

    @Test
    void imageThatIsFullIsToldAndStaysSound() throws Exception {
        Path large = Files.write(folder.resolve("large"), noise(9_000_000));
        Outcome outcome = verb("cp-in", large.toString(), "/");
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.err.contains("no space is left on the image"), outcome.err);
        assertEquals(0, powercut("fsck", "--type", "ext2", "-n", image.toString()).exitCode);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ls|/nowhere|there is no such file",
                "cat|/lost+found|is a directory, not a file with contents",
                "stat|/lost+found/x|there is no such file",
                "blocks|/x|there is no such file",
            })
    void whatIsNotThereIsToldWithExitCodeTwo(String verb, String path, String words) {
        Outcome outcome = verb(verb, path);
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.err.contains(path + ": " + words), outcome.err);
        assertFalse(outcome.err.contains("\tat "), outcome.err);
    }

    /** Makes the entry of a name lead to the root directory instead, in all copies of the block that it stands in. */
    private void leadToTheRoot(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(image);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            bytes[at - 8] = 2;
            bytes[at - 7] = 0;
        }
        Files.write(image, bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext2", "ext3"})
    void loopOfDirectoriesIsToldWithItsPathAndAllElseIsCopied(String type) throws Exception {
        assertEquals(0, powercut("mkfs", "--type", type, "--size", "8M", image.toString()).exitCode);
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.createDirectories(tree.resolve("below/turns-back"));
        Files.writeString(tree.resolve("below/zzz"), "behind");
        assertEquals(0, verb("cp-in", "-r", tree.toString(), "/").exitCode);
        leadToTheRoot("turns-back");

        Path copy = folder.resolve("copy");
        String said = "/tree/below/turns-back: is the directory / (inode 2) once more,"
                + " so the directories of this image form a loop; look with fsck -n, mend with fsck -y\n";
        Outcome out = verb("cp-out", "-r", "/", copy.toString());
        assertEquals(2, out.exitCode, out.err);
        assertEquals(said + "powercut cp-out: all else was copied\n", out.err);
        assertEquals("behind", Files.readString(copy.resolve("tree/below/zzz")));
        assertFalse(Files.exists(copy.resolve("tree/below/turns-back")));
        Outcome listed = verb("ls", "-R", "/");
        assertEquals(2, listed.exitCode, listed.err);
        assertEquals(said + "powercut ls: all else was listed\n", listed.err);
        assertTrue(listed.out.endsWith("/tree/below/zzz\n"), listed.out);
    }

    @Test
    void treeMayBeDeeperThanAnyStack() throws Exception {
        Path top = Files.createDirectory(folder.resolve("top"));
        Path deep = top;
        for (int i = 0; i < 1_500; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        Files.writeString(deep.resolve("end"), "at the bottom");
        assertEquals(0, verb("cp-in", "-r", top.toString(), "/").exitCode);
        Path copy = folder.resolve("copy");
        Outcome out = verb("cp-out", "-r", "/top", copy.toString());
        assertEquals(0, out.exitCode, out.err);
        assertEquals("at the bottom", Files.readString(copy.resolve(top.relativize(deep.resolve("end")))));
        Outcome listed = verb("ls", "-R", "/top");
        assertTrue(listed.out.endsWith("/d/d/end\n"), listed.err);
    }

    @Test
    void directoryNeedsTheOptionForAllThatIsInIt() throws Exception {
        Outcome in = verb("cp-in", tree().toString(), "/");
        assertEquals(2, in.exitCode);
        assertTrue(in.err.contains("with -r"), in.err);
        Outcome out = verb("cp-out", "/lost+found", folder.resolve("x").toString());
        assertEquals(2, out.exitCode);
        assertTrue(out.err.contains("with -r"), out.err);
    }

    /** As when another program has padded a copy. */
    @Test
    void ofAnImageOfAnOddSizeTheWholeSectorsAreUsed() throws Exception {
        Files.write(image, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        String said = "disk.img: the last 3 bytes make no whole sector";
        for (String[] arguments : new String[][] {
            {"fsck", "--type", "ext2", "-n", image.toString()},
            {"fsck", "--type", "ext2", "-y", image.toString()},
            {"dump", image.toString()},
            {"ls", "--image", image.toString(), "/"},
            {"mkfs", "--type", "ext2", image.toString()},
        }) {
            Outcome outcome = powercut(arguments);
            assertEquals(0, outcome.exitCode, outcome.err);
            assertTrue(outcome.err.contains(said), outcome.err);
        }
        byte[] after = Files.readAllBytes(image);
        assertArrayEquals(new byte[] {1, 2, 3}, Arrays.copyOfRange(after, 8 << 20, after.length));
    }

    @Test
    void imageOfNoKnownKindIsRefused() throws Exception {
        Files.write(image, new byte[8192]);
        Outcome outcome = verb("ls");
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.err.contains("name its type with --type"), outcome.err);
        assertEquals(2, verb("ls", "--type", "ext2").exitCode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "cat", "stat", "blocks", "cp-in", "cp-out"})
    void everyVerbHasHelpWithAnExample(String command) {
        Outcome outcome = powercut(command, "--help");
        assertEquals(0, outcome.exitCode);
        assertTrue(outcome.out.contains("Example"), outcome.out);
    }
}
