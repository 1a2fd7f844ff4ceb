package dev.powercut.campaign;

import java.io.IOException;
import java.nio.file.Path;

/** A way to show the result of a run, found through {@code ServiceLoader}. */
public interface ReportFormat {

    /** Name as on the command line, for example {@code html}. */
    String name();

    /** Whether a run writes it when it is not told which formats to write. */
    default boolean isDefault() {
        return false;
    }

    /**
     * Writes the report.
     *
     * @param report what to show
     * @param directory an existing directory; the format chooses the file name
     * @return the file written
     */
    Path write(RunReport report, Path directory) throws IOException;
}
