package dev.powercut.campaign.config;

import dev.powercut.campaign.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON into values that know their lines. */
public final class ConfigFile {

    /** A file that people write is not longer; what is, is another file. */
    private static final long MOST_BYTES = 4 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final String name;

    private ConfigFile(String name) {
        this.name = name;
    }

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
        ConfigFile file = new ConfigFile(name);
        try (JsonParser parser = MAPPER.createParser(text)) {
            parser.nextToken();
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw file.wrong(file.line(parser), "a JSON object is expected, that is, one pair of braces");
            }
            ConfigSection section = file.section(parser);
            if (parser.nextToken() != null) {
                throw file.wrong(file.line(parser), "something stands behind the end of the object");
            }
            return section;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw file.wrong(at == null ? 1 : Math.max(1, at.getLineNr()), e.getOriginalMessage());
        }
    }

    UsageException wrong(int line, String reason) {
        return new UsageException(name + ":" + line + ": " + reason);
    }

    private int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private ConfigSection section(JsonParser parser) {
        int line = line(parser);
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            values.put(key, value(parser));
        }
        return new ConfigSection(this, line, values);
    }

    private ConfigValue value(JsonParser parser) {
        int line = line(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> section(parser);
            case START_ARRAY -> {
                List<ConfigValue> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield new ConfigValue.Elements(line, elements);
            }
            case VALUE_STRING -> new ConfigValue.Text(line, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new ConfigValue.Numeral(line, parser.getString());
            case VALUE_TRUE -> new ConfigValue.Flag(line, true);
            case VALUE_FALSE -> new ConfigValue.Flag(line, false);
            case VALUE_NULL -> new ConfigValue.Nothing(line);
            default -> throw wrong(line, "a value is expected");
        };
    }
}
