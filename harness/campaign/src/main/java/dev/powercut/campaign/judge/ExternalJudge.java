package dev.powercut.campaign.judge;

import dev.powercut.sim.disk.DiskImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem checker of somebody else, such as {@code e2fsck}, which must find clean what our recovery left: it is run with
 * {@code -fn} on a file, and its exit code 0 means clean.
 */
public final class ExternalJudge {

    /** A check of a small image takes milliseconds, and a machine that is stopped or busy may make minutes of them. */
    private static final long TIME_LIMIT_MINUTES = 10;

    private static final int LINES_KEPT = 60;

    private final String name;
    private final Path program;
    private final int workers;

    private ExternalJudge(String name, Path program, int workers) {
        this.name = name;
        this.program = program;
        this.workers = workers;
    }

    /** The judge with a name, or null when this computer does not have the program. */
    public static @Nullable ExternalJudge find(String name) {
        Path program = ExternalTool.find(name);
        return program == null
                ? null
                : new ExternalJudge(name, program, Runtime.getRuntime().availableProcessors());
    }

    public String name() {
        return name;
    }

    /**
     * What the tool said of one image.
     *
     * @param exitCode the tool's
     * @param lines its output
     */
    public record Opinion(int exitCode, List<String> lines) {
        public Opinion {
            lines = List.copyOf(lines);
        }

        public boolean isClean() {
            return exitCode == 0;
        }
    }

    /**
     * Judges images of one size, several at once. The answers are in the order of the images; they are fewer when it was stopped.
     *
     * @param isStopped asked before each image, by several threads
     * @throws IOException when the tool cannot be run or its file cannot be written
     */
    public List<Opinion> judge(List<DiskImage> images, BooleanSupplier isStopped) throws IOException {
        @Nullable Opinion[] opinions = new @Nullable Opinion[images.size()];
        AtomicInteger next = new AtomicInteger();
        int threads = Math.min(workers, images.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads))) {
            List<Future<@Nullable Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> work(images, opinions, next, isStopped)));
            }
            for (Future<@Nullable Void> one : running) {
                await(one);
            }
        }
        List<Opinion> answers = new ArrayList<>();
        for (Opinion opinion : opinions) {
            if (opinion == null) {
                break;
            }
            answers.add(opinion);
        }
        return answers;
    }

    private @Nullable Void work(
            List<DiskImage> images, @Nullable Opinion[] opinions, AtomicInteger next, BooleanSupplier isStopped)
            throws IOException, InterruptedException {
        try (JudgedFile file = JudgedFile.create(images.getFirst().sectorCount())) {
            for (int i = next.getAndIncrement();
                    i < opinions.length && !isStopped.getAsBoolean();
                    i = next.getAndIncrement()) {
                file.show(images.get(i));
                opinions[i] = run(file);
            }
        }
        return null;
    }

    private static void await(Future<@Nullable Void> future) throws IOException {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the external judge", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Opinion run(JudgedFile file) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(program.toString(), "-fn", file.path().toString());
        builder.redirectErrorStream(true);
        builder.redirectOutput(file.output().toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(TIME_LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            // No finding: what depends on the time that a computer takes is no verdict on the target.
            throw new IOException(
                    "it did not end within " + TIME_LIMIT_MINUTES + " minutes; --judge none goes without it");
        }
        return new Opinion(process.exitValue(), process.exitValue() == 0 ? List.of() : lines(file));
    }

    private static List<String> lines(JudgedFile file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file.output(), StandardCharsets.ISO_8859_1)) {
            String line = reader.readLine();
            while (line != null && lines.size() < LINES_KEPT) {
                if (!line.isBlank()) {
                    lines.add(line.replace(file.path().toString(), "the image"));
                }
                line = reader.readLine();
            }
        }
        return lines;
    }
}
