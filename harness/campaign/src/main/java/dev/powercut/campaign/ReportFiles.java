package dev.powercut.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes reports so that each file is there whole or not at all, also when the disk is full. */
public final class ReportFiles {

    /** The file by which a folder of a saved finding is known. */
    private static final String CASE = "case.json";

    private ReportFiles() {}

    /**
     * Writes a report in some formats. What cannot be written does not keep the others from being tried: they may be shorter.
     *
     * @param folder an existing folder
     * @return the files, in the order of the formats
     * @throws OutputException when one could not be written; it says which were
     */
    public static List<Path> write(RunReport report, List<ReportFormat> formats, Path folder) {
        List<Path> saved = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        @Nullable IOException failure = null;
        for (ReportFormat format : formats) {
            try {
                saved.add(write(report, format, folder));
            } catch (IOException e) {
                lost.add(format.name());
                failure = e;
            }
        }
        if (failure != null) {
            throw new OutputException(
                    "the report could not be written to " + folder + " as " + String.join(", ", lost) + " ("
                            + FileErrors.reason(failure) + "); saved: " + names(saved, cases(folder))
                            + ". Make room or give another folder with --out, then run it again: the same comes out",
                    saved,
                    failure);
        }
        return saved;
    }

    /**
     * Writes a report as {@link #write} does, and shows which files there are: also when not all could be saved, since what came out
     * must not be lost with them.
     */
    public static void writeAndShow(
            RunReport report, List<ReportFormat> formats, Path folder, Consumer<List<Path>> screen) {
        List<Path> saved;
        try {
            saved = write(report, formats, folder);
        } catch (OutputException e) {
            screen.accept(e.saved());
            throw e;
        }
        screen.accept(saved);
    }

    private static Path write(RunReport report, ReportFormat format, Path folder) throws IOException {
        Path desk = Files.createTempDirectory(folder, ".powercut-");
        try {
            Path made = format.write(report, desk);
            return Files.move(made, folder.resolve(made.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            clear(desk);
        }
    }

    private static void clear(Path desk) throws IOException {
        try (Stream<Path> files = Files.list(desk)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(desk);
    }

    /** The findings that are in the folder: they were saved before. */
    private static List<Path> cases(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Files.exists(child.resolve(CASE)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String names(List<Path> files, List<Path> cases) {
        List<Path> all = new ArrayList<>(files);
        all.addAll(cases);
        return all.isEmpty()
                ? "nothing"
                : String.join(", ", all.stream().map(Path::toString).toList());
    }
}
