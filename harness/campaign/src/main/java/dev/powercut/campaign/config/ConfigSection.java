package dev.powercut.campaign.config;

import dev.powercut.campaign.Named;
import dev.powercut.campaign.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object of a file that people write. Ask for every key that there may be, then say {@link #done}. */
public final class ConfigSection implements ConfigValue {

    private final ConfigFile file;
    private final int line;
    private final Map<String, ConfigValue> values;
    private final Set<String> asked = new LinkedHashSet<>();

    ConfigSection(ConfigFile file, int line, Map<String, ConfigValue> values) {
        this.file = file;
        this.line = line;
        this.values = new LinkedHashMap<>(values);
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public String sort() {
        return "an object";
    }

    /** A complaint of the value of a key, or of the section when the key is missing. */
    public UsageException wrong(String key, String reason) {
        ConfigValue value = values.get(key);
        return file.wrong(value == null ? line : value.line(), reason);
    }

    /** Sees that the file is of a format and version that can be read. */
    public void expect(String format, int newestVersion) {
        String found = text("format");
        if (!found.equals(format)) {
            throw wrong("format", "the format is '" + found + "', not '" + format + "'");
        }
        long version = number("version", 1, Integer.MAX_VALUE, null);
        if (version > newestVersion) {
            throw wrong(
                    "version",
                    "version " + version + " is of a later Powercut; this one reads up to version " + newestVersion);
        }
    }

    public boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    /** A text that must be there. */
    public String text(String key) {
        return text(key, null);
    }

    /** A text, or what it usually is; null when it must be there. */
    public String text(String key, @Nullable String usual) {
        return value(key, usual, value -> value instanceof Text text ? text.text() : null, "a text in quotes");
    }

    /** A whole number within bounds, or what it usually is; null when it must be there. */
    public long number(String key, long least, long most, @Nullable Long usual) {
        long number = value(key, usual, ConfigSection::number, "a whole number");
        if (number < least || number > most) {
            throw wrong(key, "'" + key + "' is " + number + ", which is not from " + least + " to " + most);
        }
        return number;
    }

    private static @Nullable Long number(ConfigValue value) {
        try {
            return value instanceof Numeral numeral ? Long.valueOf(numeral.digits()) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** True or false, or what it usually is; null when it must be there. */
    public boolean flag(String key, @Nullable Boolean usual) {
        return value(key, usual, value -> value instanceof Flag flag ? flag.value() : null, "true or false");
    }

    /** A list of objects that must be there. */
    public List<ConfigSection> sections(String key) {
        return value(key, null, ConfigSection::sections, "a list of objects");
    }

    private static @Nullable List<ConfigSection> sections(ConfigValue value) {
        List<ConfigSection> sections = new ArrayList<>();
        if (!(value instanceof Elements list)) {
            return null;
        }
        for (ConfigValue element : list.elements()) {
            if (!(element instanceof ConfigSection section)) {
                return null;
            }
            sections.add(section);
        }
        return sections;
    }

    private <T> T value(String key, @Nullable T usual, Function<ConfigValue, @Nullable T> reading, String expected) {
        asked.add(key);
        ConfigValue value = values.get(key);
        if (value == null) {
            if (usual == null) {
                throw file.wrong(line, "'" + key + "' is missing here" + misspelt(key));
            }
            return usual;
        }
        T read = reading.apply(value);
        if (read == null) {
            throw file.wrong(value.line(), "'" + key + "' is " + value.sort() + " where " + expected + " is expected");
        }
        return read;
    }

    /** A key that was perhaps meant to be the missing one. */
    private String misspelt(String missing) {
        for (String key : values.keySet()) {
            if (!asked.contains(key) && Named.isNear(key, missing)) {
                return "; is '" + key + "' meant to be it?";
            }
        }
        return "";
    }

    /**
     * Everything has been asked for.
     *
     * @throws UsageException when there is a key that nobody asked for
     */
    public void done() {
        for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
            if (!asked.contains(entry.getKey())) {
                UsageException unknown = Named.unknown("key", entry.getKey(), List.copyOf(asked));
                throw file.wrong(entry.getValue().line(), String.valueOf(unknown.getMessage()));
            }
        }
    }
}
