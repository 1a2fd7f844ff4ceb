package dev.powercut.campaign.config;

import dev.powercut.campaign.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that people write. */
public final class ConfigFile {

    /** A file that people write is not longer; what is, is another file. */
    private static final long MOST_BYTES = 4 << 20;

    private ConfigFile() {}

    /**
     * Reads a file of UTF-8 that holds one JSON object.
     *
     * @throws UsageException when it cannot be read or is no such file
     */
    public static ConfigSection read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UsageException(
                        file + " has more than " + MOST_BYTES + " bytes; that is no file of this sort");
            }
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new UsageException(file + " is not text in UTF-8", e);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a text that holds one JSON object.
     *
     * @param name what to call the text in messages
     * @throws UsageException when it is no such text
     */
    public static ConfigSection parse(String name, String text) {
        return new ConfigSection(LocatedJson.parse(name, text.getBytes(StandardCharsets.UTF_8)));
    }
}
