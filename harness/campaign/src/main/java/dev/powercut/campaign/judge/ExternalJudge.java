package dev.powercut.campaign.judge;

import dev.powercut.sim.disk.DiskImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem checker of somebody else, such as {@code e2fsck}, which must find clean what our recovery left: it is run with
 * {@code -fn} on a file, and its exit code 0 means clean.
 */
public final class ExternalJudge {

    /** A check of a small image takes milliseconds; one that takes this long has hung. */
    private static final long TIME_LIMIT_SECONDS = 60;

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
     * @param exitCode the tool's, or -1 when it did not end
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

    /** Told of images judged, by any thread. */
    @FunctionalInterface
    public interface Progress {
        void judged();
    }

    /**
     * Judges images of one size, several at once. The answers are in the order of the images.
     *
     * @throws IOException when the tool cannot be run or its file cannot be written
     */
    public List<Opinion> judge(List<DiskImage> images, Progress progress) throws IOException {
        Opinion[] opinions = new Opinion[images.size()];
        AtomicInteger next = new AtomicInteger();
        int threads = Math.min(workers, images.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads))) {
            List<Future<@Nullable Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> work(images, opinions, next, progress)));
            }
            for (Future<@Nullable Void> one : running) {
                await(one);
            }
        }
        return List.of(opinions);
    }

    private @Nullable Void work(List<DiskImage> images, Opinion[] opinions, AtomicInteger next, Progress progress)
            throws IOException, InterruptedException {
        try (ImageFile file = ImageFile.create(images.getFirst().sectorCount())) {
            for (int i = next.getAndIncrement(); i < opinions.length; i = next.getAndIncrement()) {
                file.show(images.get(i));
                opinions[i] = run(file.path());
                progress.judged();
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

    private Opinion run(Path image) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "-fn", image.toString());
        builder.redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        // Its answer is short, so it fits the pipe; a tool that floods the pipe instead does not end in time.
        if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return new Opinion(-1, List.of(name + " did not end within " + TIME_LIMIT_SECONDS + " seconds"));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = output.replace(image.toString(), "the image")
                .lines()
                .filter(line -> !line.isBlank())
                .limit(LINES_KEPT)
                .toList();
        return new Opinion(process.exitValue(), lines);
    }
}
