package dev.powercut.campaign.config;

import dev.powercut.campaign.UsageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads files that people write. */
public final class ConfigFile {

    private ConfigFile() {}

    /**
     * Reads a file of UTF-8 that holds one JSON object.
     *
     * @throws UsageException when it cannot be read or is no such file
     */
    public static ConfigSection read(Path file) {
        return parse(file.toString(), InputFile.text("file", file));
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
