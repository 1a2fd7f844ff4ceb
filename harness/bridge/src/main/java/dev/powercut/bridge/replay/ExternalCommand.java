package dev.powercut.bridge.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of others and waits for their end. */
final class ExternalCommand {

    /** Looking at a small image takes milliseconds; what takes this long has hung. */
    private static final long TIME_LIMIT_SECONDS = 60;

    private static final int LINES_KEPT = 40;
    private static final int OUTPUT_KEPT_BYTES = 1 << 16;

    /** What a shell answers when it does not find a program, or may not run it (POSIX, Shell Command Language, 2.8.2). */
    static final int NOT_EXECUTABLE = 126;

    static final int NOT_FOUND = 127;

    /** How a program ended that did not end in time. */
    static final int NO_END = -1;

    private ExternalCommand() {}

    /**
     * @param exitCode the program's, or {@link #NO_END}
     * @param lines what it said, the beginning of it
     */
    record Outcome(int exitCode, List<String> lines) {}

    /**
     * Runs a program with a folder as its working directory.
     *
     * @throws IOException when it cannot be started
     */
    static Outcome run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C");
            // Checkers of filesystems are programs of the administrator, whom not every PATH counts with.
            builder.environment().merge("PATH", "/usr/local/sbin:/usr/sbin:/sbin", (path, more) -> path + ":" + more);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                return new Outcome(NO_END, List.of("no end within " + TIME_LIMIT_SECONDS + " seconds"));
            }
            return new Outcome(process.exitValue(), lines(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static List<String> lines(Path output) throws IOException {
        byte[] start;
        try (var in = Files.newInputStream(output)) {
            start = in.readNBytes(OUTPUT_KEPT_BYTES);
        }
        return new String(start, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .limit(LINES_KEPT)
                .toList();
    }

    /** A fresh folder for the files of programs, in memory where the system has that. */
    static Path scratchFolder() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isDirectory(memory) && Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "powercut-")
                : Files.createTempDirectory("powercut-");
    }

    /** Deletes a scratch folder with what is in it. */
    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
