package dev.powercut.app;

import dev.powercut.campaign.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where this Powercut lies, with its corpus. */
final class Home {

    /** Set by the launcher. */
    private static final String PROPERTY = "powercut.home";

    private Home() {}

    /**
     * The folder {@code corpus}: beside the launcher that started this, else above the working directory.
     *
     * @throws UsageException when there is none
     */
    static Path corpus() {
        String home = System.getProperty(PROPERTY);
        for (Path folder = Path.of(home == null ? "" : home).toAbsolutePath();
                folder != null;
                folder = parent(folder, home)) {
            Path corpus = folder.resolve("corpus");
            if (Files.isDirectory(corpus)) {
                return corpus;
            }
        }
        throw new UsageException("there is no folder 'corpus' "
                + (home == null ? "here or above; run it from a folder of Powercut" : "in " + home)
                + ", or name the file");
    }

    private static @Nullable Path parent(Path folder, @Nullable String home) {
        return home == null ? folder.getParent() : null;
    }
}
