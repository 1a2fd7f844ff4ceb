package dev.powercut.campaign.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** JSON whose values know their lines, so that what is wrong with their meaning can be told as precisely as a wrong comma. */
public final class LocatedJson {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_STRING = 1 << 16;
    private static final int MAX_NAME = 256;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(32)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String TOO_MUCH = "here something is nested deeper than " + MAX_DEPTH
            + " levels, a text or name is too long, or a number is too large: not JSON of this sort";

    private final String file;

    private LocatedJson(String file) {
        this.file = file;
    }

    /** @throws FileFormatException when the bytes are no JSON object */
    public static Value parse(String file, byte[] bytes) {
        LocatedJson json = new LocatedJson(file);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            return json.whole(parser);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            throw new FileFormatException(file, line, reason(e));
        }
    }

    private Value whole(JsonParser parser) {
        try {
            parser.nextToken();
            Value value = value(parser);
            if (parser.nextToken() != null) {
                throw new FileFormatException(file, line(parser), "there is more after the end of the object");
            }
            value.fields();
            return value;
        } catch (StreamConstraintsException e) {
            throw new FileFormatException(
                    file, Math.max(1, parser.currentLocation().getLineNr()), TOO_MUCH);
        }
    }

    /** The parser's own words, without what it says of where it read. */
    private static String reason(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        return message.lines().findFirst().orElse("unreadable").replaceFirst(" \\(start marker at .*", "")
                + " (not JSON)";
    }

    private static int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private Value value(JsonParser parser) {
        int line = line(parser);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, value(parser));
                }
                yield new Value(file, line, fields);
            }
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield new Value(file, line, items);
            }
            case VALUE_STRING -> new Value(file, line, parser.getString());
            case VALUE_NUMBER_INT -> new Value(file, line, number(parser, line));
            case VALUE_TRUE -> new Value(file, line, true);
            case VALUE_FALSE -> new Value(file, line, false);
            case VALUE_NULL -> new Value(file, line, null);
            case null -> throw new FileFormatException(file, line, "the file is empty or ends too early");
            case VALUE_NUMBER_FLOAT -> new Value(file, line, parser.getDoubleValue());
            default -> throw new FileFormatException(file, line, "a value is expected");
        };
    }

    private Long number(JsonParser parser, int line) {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new FileFormatException(file, line, "the number is too large");
        }
        return parser.getLongValue();
    }

    /** A value with its line. */
    public record Value(String file, int line, @Nullable Object content) {

        public FileFormatException error(String reason) {
            return new FileFormatException(file, line, reason);
        }

        /** What it is, for messages. */
        String sort() {
            return switch (content) {
                case null -> "null";
                case Map<?, ?> object -> "an object";
                case List<?> list -> "a list";
                case String text -> "a text";
                case Boolean flag -> flag.toString();
                default -> "a number";
            };
        }

        public boolean isNull() {
            return content == null;
        }

        public Map<String, Value> fields() {
            Map<String, Value> fields = new LinkedHashMap<>();
            if (!(content instanceof Map<?, ?> map)) {
                throw error("an object in braces is expected here");
            }
            map.forEach((name, value) -> fields.put((String) name, (Value) value));
            return fields;
        }

        /** @throws FileFormatException when a field is not one of these */
        public void allows(Set<String> names) {
            fields().forEach((name, value) -> {
                if (!names.contains(name)) {
                    throw value.error("there is no field '" + name + "' here; known are " + String.join(", ", names));
                }
            });
        }

        public Value field(String name) {
            Value value = fields().get(name);
            if (value == null) {
                throw error("the field '" + name + "' is missing");
            }
            return value;
        }

        /** A field that may be missing or null. */
        public @Nullable Value optional(String name) {
            Value value = fields().get(name);
            return value == null || value.isNull() ? null : value;
        }

        public List<Value> items() {
            if (!(content instanceof List<?> list)) {
                throw error("a list in brackets is expected here");
            }
            List<Value> items = new ArrayList<>();
            list.forEach(item -> items.add((Value) item));
            return items;
        }

        public String text() {
            if (content instanceof String text) {
                return text;
            }
            throw error("a text in quotes is expected here");
        }

        public long number(long low, long high) {
            if (content instanceof Long number && number >= low && number <= high) {
                return number;
            }
            if (content instanceof Double) {
                throw error("a number with a fraction has no place here");
            }
            throw error("a whole number from " + low + " to " + high + " is expected here");
        }

        public boolean truth() {
            if (content instanceof Boolean truth) {
                return truth;
            }
            throw error("true or false is expected here");
        }
    }
}
