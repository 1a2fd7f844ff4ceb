package dev.powercut.campaign.cases;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.config.FileFormatException;
import dev.powercut.campaign.config.InputFile;
import dev.powercut.campaign.config.LocatedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Case files: {@code case.json}, mostly in a folder of its own beside a {@code note.md}. */
public final class CaseFile {

    public static final String NAME = "case.json";
    public static final String NOTE = "note.md";

    /** What the files say that hold a schedule of several processes: they lie beside the others, and are read by others. */
    public static final String SCHEDULE_FORMAT = "powercut-schedule";

    /** In place of a crash model: what a schedule shows without a power cut. */
    public static final String NO_CRASH = "none";

    /** What the files are, for messages. */
    public static final String SORT = "case";

    private CaseFile() {}

    /** The file that a path means: itself, or the case in the folder that it is. */
    public static Path of(Path path) {
        return Files.isDirectory(path) ? path.resolve(NAME) : path;
    }

    /** Whether a path leads to a saved schedule of several processes, or a folder with one; false when it cannot be read. */
    public static boolean isSchedule(Path path) {
        Path file = of(path);
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) <= InputFile.MOST_BYTES
                    && Files.readString(file, StandardCharsets.ISO_8859_1).contains("\"" + SCHEDULE_FORMAT + "\"");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads a case.
     *
     * @param path a case file, or a folder with one
     * @throws UsageException when there is none
     * @throws FileFormatException when it cannot be understood
     */
    public static Case read(Path path) {
        Path file = of(path);
        return parse(file.toString(), InputFile.bytes(SORT, file));
    }

    /**
     * Reads a case that is to be run.
     *
     * @throws UsageException as {@link #read}, and when something is not installed that it names, or its disk cannot be made
     */
    public static Case readInstalled(Path path) {
        Case saved = read(path);
        CaseSetup.check(path);
        return saved;
    }

    /**
     * Reads a case from the bytes of its file.
     *
     * @param name for messages
     * @throws FileFormatException when it cannot be understood
     */
    public static Case parse(String name, byte[] bytes) {
        return CaseReader.read(LocatedJson.parse(name, bytes));
    }

    /** The bytes of a case's file; equal cases have equal bytes. */
    public static byte[] bytes(Case saved) {
        return CaseWriter.bytes(saved);
    }

    /**
     * Writes a case and its note to a folder, which is made.
     *
     * @return the case file
     * @throws IOException when that is not possible; then neither is there
     */
    public static Path write(Path folder, Case saved, String note) throws IOException {
        return write(folder, bytes(saved), note);
    }

    /** Writes the bytes of a case of any sort, and its note, as {@link #write(Path, Case, String)} does. */
    public static Path write(Path folder, byte[] bytes, String note) throws IOException {
        Path file = folder.resolve(NAME);
        Path beside = folder.resolve(NOTE);
        Files.createDirectories(folder);
        try {
            Files.writeString(beside, note);
            return Files.write(file, bytes);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
