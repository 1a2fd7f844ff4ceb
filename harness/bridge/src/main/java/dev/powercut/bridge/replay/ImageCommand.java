package dev.powercut.bridge.replay;

import dev.powercut.bridge.image.ImageFile;
import dev.powercut.bridge.image.ImageStore;
import dev.powercut.campaign.UsageException;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A shell command that looks at copies of images, several at once. It may change its copy. */
final class ImageCommand {

    private final String line;
    private final boolean readBack;

    /**
     * @param line for the shell, with {@code {}} in the place of the image's path
     * @param readBack whether what the command made of its copy is wanted
     */
    ImageCommand(String line, boolean readBack) {
        this.line = line;
        this.readBack = readBack;
    }

    /**
     * What came of one image.
     *
     * @param exitCode the command's, or {@link ExternalCommand#NO_END}
     * @param lines what it said
     * @param after what it made of its copy, or null when that is not wanted
     */
    record Outcome(
            int exitCode, List<String> lines, @Nullable DiskImage after) {}

    /**
     * Runs the command on each image; answers are in the order of the images.
     *
     * @throws UsageException when there is no such command
     * @throws IOException when files cannot be written, or no process started
     */
    List<Outcome> run(List<DiskImage> images) throws IOException {
        int workers = Math.clamp(images.size(), 1, Runtime.getRuntime().availableProcessors());
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<Outcome>> running = new ArrayList<>();
            for (DiskImage image : images) {
                Callable<Outcome> task = () -> run(image);
                running.add(pool.submit(task));
            }
            for (Future<Outcome> one : running) {
                outcomes.add(await(one));
            }
        }
        return outcomes;
    }

    private static Outcome await(Future<Outcome> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a command", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private Outcome run(DiskImage image) throws IOException, InterruptedException {
        Path folder = ExternalCommand.scratchFolder();
        try {
            Path path = folder.resolve("image");
            try (ImageFile file = ImageFile.create(path, image.sectorCount() * Sector.BYTES)) {
                ImageStore.storeDifference(image, DiskImage.blank(image.sectorCount()), file);
            }
            String command = line.replace(ReplayCheck.Command.PLACE, path.toString());
            ExternalCommand.Outcome outcome = ExternalCommand.run(List.of("/bin/sh", "-c", command), folder);
            if (outcome.exitCode() == ExternalCommand.NOT_FOUND
                    || outcome.exitCode() == ExternalCommand.NOT_EXECUTABLE) {
                throw new UsageException(
                        "the command '" + line + "' cannot be run: " + String.join(" ", outcome.lines()));
            }
            List<String> lines = outcome.lines().stream()
                    .map(said -> said.replace(path.toString(), "the image"))
                    .toList();
            DiskImage after = readBack && Files.exists(path) ? ImageStore.load(path) : null;
            return new Outcome(outcome.exitCode(), lines, after);
        } finally {
            ExternalCommand.delete(folder);
        }
    }
}
