package dev.powercut.campaign.cases;

import dev.powercut.campaign.config.LocatedJson.Value;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.disk.Kept;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * What the files of all sorts of cases have in common. They are pure ASCII, indented by two spaces, keys in a fixed order, lines that
 * end alike on every system.
 */
public final class CaseJson {

    private static final int MAX_OVERRIDES = 1 << 20;
    private static final int TRACE_DIGITS = 16;
    private static final int IMAGE_DIGITS = 32;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]*");

    /** The words of what {@link Kept#parse} reads, with numbers that are small enough for it. */
    private static final Pattern KEPT_WORD =
            Pattern.compile("prefix|flushed|keeps|D(\\+D)?|D(:D(-D)?)?(=(garbage|D))?".replace("D", "\\d{1,9}"));

    private static final Pattern OVERRIDE = Pattern.compile("(.*)#(\\d{1,9})=(\\d{1,9})");

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private CaseJson() {}

    /** The bytes of a file. */
    public static byte[] bytes(Consumer<JsonGenerator> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(new Context(), bytes)) {
            writer.accept(json);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static final class Context extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    /** Begins the setting, which the caller ends. */
    public static void beginSetting(
            JsonGenerator json, @Nullable String defect, String crash, FormatRequest format, String mountOptions) {
        json.writeObjectPropertyStart("setting");
        if (defect != null) {
            json.writeStringProperty("defect", defect);
        }
        json.writeStringProperty("crash", crash);
        json.writeNumberProperty("sizeBytes", format.sizeBytes());
        json.writeNumberProperty("blockSizeBytes", format.blockSizeBytes());
        json.writeStringProperty("formatOptions", format.options());
        json.writeStringProperty("mountOptions", mountOptions);
    }

    public static void lines(JsonGenerator json, String name, List<String> lines) {
        json.writeArrayPropertyStart(name);
        lines.forEach(json::writeString);
        json.writeEndArray();
    }

    /** The text that {@link #base(Value)} reads. */
    public static String text(ChoiceBase base) {
        return switch (base) {
            case ChoiceBase.Zero() -> "zero";
            case ChoiceBase.Seed(long seed) -> "seed " + seed;
            case ChoiceBase.Bytes(byte[] bytes) -> "bytes " + HexFormat.of().formatHex(bytes);
        };
    }

    /** The texts that {@link #overrides(Value)} reads. */
    public static List<String> texts(List<ChoiceOverride> overrides) {
        return overrides.stream()
                .map(override -> override.path() + "#" + override.index() + "=" + override.value())
                .toList();
    }

    /** The names of keys, with blanks between them. */
    public static Set<String> names(String names) {
        return new LinkedHashSet<>(List.of(names.split(" ")));
    }

    public static FormatRequest format(Value setting) {
        return new FormatRequest(
                setting.field("sizeBytes").number(0, Long.MAX_VALUE),
                (int) setting.field("blockSizeBytes").number(0, Integer.MAX_VALUE),
                setting.field("formatOptions").text());
    }

    public static ChoiceBase base(Value base) {
        String text = base.text();
        if (text.equals("zero")) {
            return new ChoiceBase.Zero();
        }
        try {
            if (text.startsWith("seed ")) {
                return new ChoiceBase.Seed(Long.parseLong(text.substring("seed ".length())));
            }
            if (text.startsWith("bytes ")) {
                return new ChoiceBase.Bytes(HexFormat.of().parseHex(text.substring("bytes ".length())));
            }
        } catch (IllegalArgumentException e) {
            throw base.error("'" + text + "' is no base of choices; a seed is a whole number from " + Long.MIN_VALUE
                    + " to " + Long.MAX_VALUE + ", and bytes are two hexadecimal digits each");
        }
        throw base.error("'" + text + "' is no base of choices; write 'zero', 'seed NUMBER' or 'bytes HEX'");
    }

    public static List<ChoiceOverride> overrides(Value list) {
        List<Value> items = list.items();
        if (items.size() > MAX_OVERRIDES) {
            throw list.error("there are more than " + MAX_OVERRIDES + " overrides");
        }
        List<ChoiceOverride> overrides = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Value item : items) {
            Matcher parts = OVERRIDE.matcher(item.text());
            if (!parts.matches()) {
                throw item.error("'" + item.text() + "' is no choice; write PATH#INDEX=VALUE");
            }
            if (!seen.add(parts.group(1) + "#" + parts.group(2))) {
                throw item.error(
                        "the choice " + parts.group(1) + "#" + parts.group(2) + " stands here twice; drop one");
            }
            overrides.add(new ChoiceOverride(
                    parts.group(1), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3))));
        }
        return overrides;
    }

    /** A text that is not empty. */
    public static String notEmpty(Value value) {
        if (value.text().isEmpty()) {
            throw value.error("this must not be empty");
        }
        return value.text();
    }

    /** The hash of a run, or nothing. */
    public static String traceHash(Value value) {
        return hash(value, TRACE_DIGITS);
    }

    /** The hash of what a disk holds, or nothing. */
    public static String imageHash(Value value) {
        return hash(value, IMAGE_DIGITS);
    }

    private static String hash(Value value, int digits) {
        String text = value.text();
        if (!HASH.matcher(text).matches() || !text.isEmpty() && text.length() != digits) {
            throw value.error("a hash of " + digits + " hexadecimal digits is expected here, or nothing between the"
                    + " quotes, to compare with nothing");
        }
        return text;
    }

    /** The position of a cut. */
    public static int position(Value cut) {
        return (int) cut.field("position").number(0, Integer.MAX_VALUE);
    }

    /** What a cut keeps; nothing that the disk had not been given at its position. */
    public static Kept kept(Value cut) {
        Value text = cut.field("kept");
        for (String word : text.text().strip().split(" +", -1)) {
            if (!KEPT_WORD.matcher(word).matches()) {
                throw text.error("'" + text.text() + "' is no crash state; write 'prefix ENTRIES',"
                        + " 'prefix ENTRIES+SECTORS' or 'flushed ENTRIES keeps ENTRY:FIRST-LAST', with numbers from 0 to"
                        + " 999999999");
            }
        }
        Kept kept;
        try {
            kept = Kept.parse(text.text());
        } catch (IllegalArgumentException e) {
            throw text.error(String.valueOf(e.getMessage()));
        }
        int position = position(cut);
        if (kept.wholeEntries() > position) {
            throw text.error("'" + kept.text() + "' keeps " + kept.wholeEntries() + " whole entries, and at position "
                    + position + " the disk had been given " + position + "; write '" + front(kept, position)
                    + "' here, or position " + kept.wholeEntries());
        }
        // Of the entry under way when the power fails anything may be kept.
        if (kept.end() > position + 1) {
            throw text.error("'" + kept.text() + "' keeps something of entry " + (kept.end() - 1)
                    + ", and at position " + position + " entry " + position
                    + " was the last under way; keep nothing behind it, or make the position " + (kept.end() - 1)
                    + " or more");
        }
        return kept;
    }

    private static String front(Kept kept, int position) {
        return switch (kept) {
            case Kept.Prefix prefix -> new Kept.Prefix(position, 0).text();
            case Kept.Selection selection -> new Kept.Selection(position, List.of()).text();
        };
    }
}
