package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The real tools of e2fsprogs, as judges and makers of images. Where a tool is missing the test is skipped, unless the
 * environment says {@code CI=true}: then it fails.
 */
public final class E2fsprogs {

    private E2fsprogs() {}

    /** What a tool said and how it ended. */
    public record Result(int exit, String output) {}

    /** {@code e2fsck -fn}: exit 0 is clean. */
    public static Result e2fsck(DiskImage image) {
        return onCopy(image, file -> run(List.of(tool("e2fsck"), "-fn", file.toString()), ""));
    }

    /** {@code e2fsck -fn} of one image after another: only what differs from the one before goes to the file. */
    public static final class Judge implements AutoCloseable {

        private @Nullable Path file;
        private @Nullable DiskImage held;

        public Result e2fsck(DiskImage image) {
            try {
                if (file == null) {
                    Path memory = Path.of("/dev/shm");
                    file = Files.isWritable(memory)
                            ? Files.createTempFile(memory, "powercut", ".img")
                            : Files.createTempFile("powercut", ".img");
                }
                if (held == null || held.sectorCount() != image.sectorCount()) {
                    write(image, file);
                } else {
                    writeDifference(image, held, file);
                }
                held = image;
                return run(List.of(tool("e2fsck"), "-fn", file.toString()), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void writeDifference(DiskImage image, DiskImage held, Path file) throws IOException {
            List<Long> numbers = new ArrayList<>();
            image.forEachDifference(held, (number, contents) -> numbers.add(number));
            byte[] bytes = new byte[Sector.BYTES];
            try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
                for (long number : numbers) {
                    image.sector(number).copyTo(bytes, 0);
                    disk.seek(number * Sector.BYTES);
                    disk.write(bytes);
                }
            }
        }

        @Override
        public void close() {
            try {
                if (file != null) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Fails, with what e2fsck says, unless it finds the image clean. */
    public static void assertClean(DiskImage image) {
        Result result = e2fsck(image);
        assertEquals(0, result.exit(), result.output());
    }

    /** Runs debugfs commands that read. */
    public static String debugfs(DiskImage image, String commands) {
        return onCopy(image, file -> run(List.of(tool("debugfs"), "-f", "-", file.toString()), commands))
                .output();
    }

    /** {@code dumpe2fs}; fails when it cannot read the image. */
    public static String dumpe2fs(DiskImage image) {
        Result result = onCopy(image, file -> run(List.of(tool("dumpe2fs"), file.toString()), ""));
        assertEquals(0, result.exit(), result.output());
        return result.output();
    }

    /** {@code mke2fs} with arguments on a new file, then debugfs commands that write, if any. */
    public static DiskImage mke2fs(long sizeBytes, List<String> arguments, String debugfsCommands) {
        return withFile(file -> {
            try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
                disk.setLength(sizeBytes);
            }
            List<String> command = new ArrayList<>(List.of(tool("mke2fs"), "-q", "-F"));
            command.addAll(arguments);
            command.add(file.toString());
            Result made = run(command, "");
            assertEquals(0, made.exit(), made.output());
            if (!debugfsCommands.isEmpty()) {
                run(List.of(tool("debugfs"), "-w", "-f", "-", file.toString()), debugfsCommands);
            }
            return DiskImage.of(Files.readAllBytes(file));
        });
    }

    /** Runs {@code e2fsck} with options that repair, and gives back what it made of the image. */
    public static DiskImage repairedByE2fsck(DiskImage image, String options) {
        return withFile(file -> {
            write(image, file);
            Result result = run(List.of(tool("e2fsck"), options, file.toString()), "");
            if (result.exit() > 1) {
                fail(result.output());
            }
            // A log that leads beyond the end makes the file longer.
            try (InputStream disk = Files.newInputStream(file)) {
                return DiskImage.of(disk.readNBytes(Math.toIntExact(image.sectorCount() * Sector.BYTES)));
            }
        });
    }

    /** Runs debugfs commands that write, and gives back what they made of the image. */
    public static DiskImage changedByDebugfs(DiskImage image, String commands) {
        return withFile(file -> {
            write(image, file);
            run(List.of(tool("debugfs"), "-w", "-f", "-", file.toString()), commands);
            return DiskImage.of(Files.readAllBytes(file));
        });
    }

    /** Runs {@code tune2fs}, which must succeed, and gives back what it made of the image. */
    public static DiskImage tuned(DiskImage image, String... options) {
        return withFile(file -> {
            write(image, file);
            List<String> command = new ArrayList<>(List.of(tool("tune2fs")));
            command.addAll(List.of(options));
            command.add(file.toString());
            Result result = run(command, "");
            assertEquals(0, result.exit(), result.output());
            return DiskImage.of(Files.readAllBytes(file));
        });
    }

    private static String tool(String name) {
        for (String folder : List.of("/usr/sbin/", "/sbin/", "/usr/bin/", "/usr/local/sbin/", "/opt/homebrew/sbin/")) {
            if (Files.isExecutable(Path.of(folder + name))) {
                return folder + name;
            }
        }
        String message = name + " is not installed (Debian package e2fsprogs)";
        if ("true".equals(System.getenv("CI"))) {
            return fail(message);
        }
        return abort(message);
    }

    /** An action on a file. */
    private interface FileAction<T> {
        T run(Path file) throws IOException;
    }

    private static <T> T onCopy(DiskImage image, FileAction<T> action) {
        return withFile(file -> {
            write(image, file);
            return action.run(file);
        });
    }

    private static <T> T withFile(FileAction<T> action) {
        try {
            Path file = Files.createTempFile("powercut", ".img");
            try {
                return action.run(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an image to a file, zero sectors as holes. */
    public static void write(DiskImage image, Path file) throws IOException {
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(0);
            disk.setLength(image.sectorCount() * Sector.BYTES);
            byte[] bytes = new byte[64 * Sector.BYTES];
            for (long sector = 0; sector < image.sectorCount(); sector += 64) {
                int count = (int) Math.min(64, image.sectorCount() - sector);
                if (!image.read(sector, count, bytes, 0)) {
                    disk.seek(sector * Sector.BYTES);
                    disk.write(bytes, 0, count * Sector.BYTES);
                }
            }
        }
    }

    private static Result run(List<String> command, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
