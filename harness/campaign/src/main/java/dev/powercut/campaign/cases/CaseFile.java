package dev.powercut.campaign.cases;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.config.FileFormatException;
import dev.powercut.campaign.config.LocatedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Case files: {@code case.json}, mostly in a folder of its own beside a {@code note.md}. */
public final class CaseFile {

    public static final String NAME = "case.json";
    public static final String NOTE = "note.md";

    /** What the files say that hold a schedule of several processes: they lie beside the others, and are read by others. */
    public static final String SCHEDULE_FORMAT = "powercut-schedule";

    /** No honest case comes near it. */
    static final int MAX_BYTES = 4 << 20;

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
                    && Files.size(file) <= MAX_BYTES
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
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    Files.isDirectory(path) ? "there is no " + NAME + " in " + path : "there is no case " + path, e);
        } catch (IOException e) {
            throw new UsageException("the case " + file + " cannot be read: " + e.getMessage(), e);
        }
        return parse(file.toString(), bytes);
    }

    /**
     * Reads a case from the bytes of its file.
     *
     * @param name for messages
     * @throws FileFormatException when it cannot be understood
     */
    public static Case parse(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new FileFormatException(name, 0, "a case is not larger than " + MAX_BYTES + " bytes");
        }
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
     */
    public static Path write(Path folder, Case saved, String note) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(NOTE), note);
        return Files.write(folder.resolve(NAME), bytes(saved));
    }
}
