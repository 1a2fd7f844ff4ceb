package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.Case;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.config.FileFormatException;
import dev.powercut.campaign.config.LocatedJson;
import dev.powercut.campaign.config.LocatedJson.Value;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.SavedSchedule;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.ScriptException;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.disk.Kept;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Files of saved runs of several processes: JSON, beside {@code note.md}, under the same names as other cases. */
public final class ConcurrentCaseFile {

    private static final String FORMAT = CaseFile.SCHEDULE_FORMAT;
    private static final int VERSION = 1;
    private static final int MAX_LINES = 1 << 18;
    private static final Pattern OVERRIDE = Pattern.compile("(.*)#(\\d{1,9})=(\\d{1,9})");

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ConcurrentCaseFile() {}

    /**
     * Reads a case.
     *
     * @throws UsageException when there is none
     * @throws FileFormatException when it cannot be understood
     */
    public static ConcurrentCase read(Path path) {
        Path file = CaseFile.of(path);
        try {
            return read(LocatedJson.parse(file.toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UsageException("the case " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes a case, and what there is to tell of it, to a folder, which is made. */
    public static Path write(Path folder, ConcurrentCase saved, List<String> note) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(CaseFile.NOTE), String.join("\n", note) + "\n");
        return Files.write(folder.resolve(CaseFile.NAME), bytes(saved));
    }

    static byte[] bytes(ConcurrentCase saved) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(new Context(), bytes)) {
            write(json, saved);
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

    private static void write(JsonGenerator json, ConcurrentCase saved) {
        json.writeStartObject();
        json.writeStringProperty("format", FORMAT);
        json.writeNumberProperty("version", VERSION);
        json.writeStringProperty("target", saved.target());
        json.writeObjectPropertyStart("setting");
        if (saved.defect() != null) {
            json.writeStringProperty("defect", saved.defect());
        }
        json.writeStringProperty("crash", saved.crash());
        json.writeNumberProperty("sizeBytes", saved.format().sizeBytes());
        json.writeNumberProperty("blockSizeBytes", saved.format().blockSizeBytes());
        json.writeStringProperty("formatOptions", saved.format().options());
        json.writeStringProperty("mountOptions", saved.mountOptions());
        json.writeEndObject();
        lines(json, "program", List.of(saved.scenario().program().text().split("\n")));
        json.writeObjectPropertyStart("choices");
        json.writeStringProperty(
                "base", saved.scenario().base() instanceof ChoiceBase.Seed(long seed) ? "seed " + seed : "zero");
        lines(json, "overrides", texts(saved.scenario().overrides()));
        lines(json, "schedule", texts(saved.scenario().schedule().overrides()));
        json.writeEndObject();
        json.writeObjectPropertyStart("expected");
        json.writeStringProperty("kind", saved.kind());
        json.writeStringProperty("sentence", saved.sentence());
        json.writeEndObject();
        if (saved.cut() != null) {
            json.writeObjectPropertyStart("cut");
            json.writeNumberProperty("position", saved.cut().place().position());
            json.writeStringProperty("kept", saved.cut().place().kept().text());
            json.writeStringProperty("image", saved.cut().image());
            json.writeEndObject();
        }
        json.writeBooleanProperty("passesWithoutDefect", saved.passesWithoutDefect());
        json.writeStringProperty("trace", saved.traceHash());
        lines(json, "steps", saved.steps());
        json.writeEndObject();
    }

    private static List<String> texts(List<ChoiceOverride> overrides) {
        return overrides.stream()
                .map(override -> override.path() + "#" + override.index() + "=" + override.value())
                .toList();
    }

    private static void lines(JsonGenerator json, String name, List<String> lines) {
        json.writeArrayPropertyStart(name);
        lines.forEach(json::writeString);
        json.writeEndArray();
    }

    static ConcurrentCase read(Value root) {
        Value format = root.field("format");
        if (!format.text().equals(FORMAT)) {
            throw format.error("this is no saved schedule: the format is not '" + FORMAT + "'");
        }
        Value version = root.field("version");
        if (version.number(1, Long.MAX_VALUE) > VERSION) {
            throw version.error("this powercut reads up to version " + VERSION + "; use a newer one");
        }
        root.allows(
                names("format version target setting program choices expected cut passesWithoutDefect trace steps"));
        Value setting = root.field("setting");
        setting.allows(names("defect crash sizeBytes blockSizeBytes formatOptions mountOptions"));
        Value defect = setting.optional("defect");
        Value choices = root.field("choices");
        choices.allows(names("base overrides schedule"));
        Value expected = root.field("expected");
        expected.allows(names("kind sentence"));
        Value cut = root.optional("cut");
        Value passes = root.optional("passesWithoutDefect");
        return new ConcurrentCase(
                root.field("target").text(),
                defect == null ? null : defect.text(),
                setting.field("crash").text(),
                new FormatRequest(
                        setting.field("sizeBytes").number(0, Long.MAX_VALUE),
                        (int) setting.field("blockSizeBytes").number(0, Integer.MAX_VALUE),
                        setting.field("formatOptions").text()),
                setting.field("mountOptions").text(),
                new ConcurrentScenario(
                        program(root.field("program")),
                        base(choices.field("base")),
                        overrides(choices.field("overrides")),
                        new SavedSchedule(overrides(choices.field("schedule")))),
                expected.field("kind").text(),
                expected.field("sentence").text(),
                cut == null ? null : cut(cut),
                passes != null && passes.truth(),
                texts(root.field("steps")),
                root.field("trace").text());
    }

    private static Set<String> names(String names) {
        return new LinkedHashSet<>(List.of(names.split(" ")));
    }

    private static List<String> texts(Value list) {
        List<Value> items = list.items();
        if (items.size() > MAX_LINES) {
            throw list.error("there are more than " + MAX_LINES + " lines");
        }
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.text()));
        return texts;
    }

    private static ConcurrentCase.Cut cut(Value cut) {
        cut.allows(names("position kept image"));
        Value kept = cut.field("kept");
        try {
            int position = (int) cut.field("position").number(0, Integer.MAX_VALUE);
            return new ConcurrentCase.Cut(
                    new Case.Place(position, Kept.parse(kept.text())),
                    cut.field("image").text());
        } catch (IllegalArgumentException e) {
            throw kept.error(String.valueOf(e.getMessage()));
        }
    }

    private static Program program(Value lines) {
        try {
            return Program.of(ScriptWorkload.parse(lines.file(), String.join("\n", texts(lines))));
        } catch (ScriptException e) {
            throw lines.error(e.reason());
        } catch (IllegalArgumentException e) {
            throw lines.error(String.valueOf(e.getMessage()));
        }
    }

    private static ChoiceBase base(Value base) {
        String text = base.text();
        if (text.equals("zero")) {
            return new ChoiceBase.Zero();
        }
        try {
            if (text.startsWith("seed ")) {
                return new ChoiceBase.Seed(Long.parseLong(text.substring("seed ".length())));
            }
        } catch (NumberFormatException e) {
            throw base.error("'" + text + "' has no number for a seed");
        }
        throw base.error("'" + text + "' is no base of choices; write 'zero' or 'seed NUMBER'");
    }

    private static List<ChoiceOverride> overrides(Value list) {
        List<ChoiceOverride> overrides = new ArrayList<>();
        for (Value item : list.items()) {
            Matcher parts = OVERRIDE.matcher(item.text());
            if (!parts.matches()) {
                throw item.error("'" + item.text() + "' is no choice; write PATH#INDEX=VALUE");
            }
            overrides.add(new ChoiceOverride(
                    parts.group(1), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3))));
        }
        return overrides;
    }
}
