package dev.powercut.campaign.config;

import dev.powercut.campaign.Named;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.config.LocatedJson.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object of a file that people write. Ask for every key that there may be, then say {@link #done}. */
public final class ConfigSection {

    private final Value object;
    private final Map<String, Value> values;
    private final Set<String> asked = new LinkedHashSet<>();

    ConfigSection(Value object) {
        this.object = object;
        this.values = object.fields();
    }

    /** A complaint of the value of a key, or of the section when the key is missing. */
    public UsageException wrong(String key, String reason) {
        Value value = values.get(key);
        return (value == null ? object : value).error(reason);
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
        return value(key, usual, value -> value.content() instanceof String text ? text : null, "a text in quotes");
    }

    /** A whole number within bounds, or what it usually is; null when it must be there. */
    public long number(String key, long least, long most, @Nullable Long usual) {
        long number =
                value(key, usual, value -> value.content() instanceof Long whole ? whole : null, "a whole number");
        if (number < least || number > most) {
            throw wrong(key, "'" + key + "' is " + number + ", which is not from " + least + " to " + most);
        }
        return number;
    }

    /** True or false, or what it usually is; null when it must be there. */
    public boolean flag(String key, @Nullable Boolean usual) {
        return value(key, usual, value -> value.content() instanceof Boolean flag ? flag : null, "true or false");
    }

    /** A list of objects that must be there. */
    public List<ConfigSection> sections(String key) {
        return value(key, null, ConfigSection::sections, "a list of objects");
    }

    private static @Nullable List<ConfigSection> sections(Value value) {
        if (!(value.content() instanceof List<?>)) {
            return null;
        }
        List<ConfigSection> sections = new ArrayList<>();
        for (Value item : value.items()) {
            if (!(item.content() instanceof Map<?, ?>)) {
                return null;
            }
            sections.add(new ConfigSection(item));
        }
        return sections;
    }

    private <T> T value(String key, @Nullable T usual, Function<Value, @Nullable T> reading, String expected) {
        asked.add(key);
        Value value = values.get(key);
        if (value == null) {
            if (usual == null) {
                throw object.error("'" + key + "' is missing here" + misspelt(key));
            }
            return usual;
        }
        T read = reading.apply(value);
        if (read == null) {
            throw value.error("'" + key + "' is " + value.sort() + " where " + expected + " is expected");
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
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            if (!asked.contains(entry.getKey())) {
                UsageException unknown = Named.unknown("key", entry.getKey(), List.copyOf(asked));
                throw entry.getValue().error(String.valueOf(unknown.getMessage()));
            }
        }
    }
}
