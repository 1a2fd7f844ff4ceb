package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.Case;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.cases.CaseJson;
import dev.powercut.campaign.cases.CaseSetup;
import dev.powercut.campaign.config.FileFormatException;
import dev.powercut.campaign.config.InputFile;
import dev.powercut.campaign.config.LocatedJson;
import dev.powercut.campaign.config.LocatedJson.Value;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.SavedSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Files of saved runs of several processes: JSON, beside {@code note.md}, under the same names as other cases. */
public final class ConcurrentCaseFile {

    private static final String FORMAT = CaseFile.SCHEDULE_FORMAT;
    private static final int VERSION = 1;
    private static final int MAX_LINES = 1 << 18;

    private ConcurrentCaseFile() {}

    /**
     * Reads a case.
     *
     * @throws UsageException when there is none
     * @throws FileFormatException when it cannot be understood
     */
    public static ConcurrentCase read(Path path) {
        Path file = CaseFile.of(path);
        return read(LocatedJson.parse(file.toString(), InputFile.bytes(CaseFile.SORT, file)));
    }

    /**
     * Reads a case that is to be run.
     *
     * @throws UsageException as {@link #read}, and when something is not installed that it names, or its disk cannot be made
     */
    public static ConcurrentCase readInstalled(Path path) {
        ConcurrentCase saved = read(path);
        CaseSetup.check(path);
        return saved;
    }

    /** Writes a case, and what there is to tell of it, to a folder, which is made. */
    public static Path write(Path folder, ConcurrentCase saved, List<String> note) throws IOException {
        return CaseFile.write(folder, bytes(saved), String.join("\n", note) + "\n");
    }

    static byte[] bytes(ConcurrentCase saved) {
        return CaseJson.bytes(json -> write(json, saved));
    }

    private static void write(JsonGenerator json, ConcurrentCase saved) {
        json.writeStartObject();
        json.writeStringProperty("format", FORMAT);
        json.writeNumberProperty("version", VERSION);
        json.writeStringProperty("target", saved.target());
        CaseJson.beginSetting(json, saved.defect(), saved.crash(), saved.format(), saved.mountOptions());
        if (saved.fault() != null) {
            json.writeStringProperty("fault", saved.fault());
        }
        json.writeEndObject();
        CaseJson.lines(
                json, "program", List.of(saved.scenario().program().text().split("\n")));
        json.writeObjectPropertyStart("choices");
        json.writeStringProperty("base", CaseJson.text(saved.scenario().base()));
        CaseJson.lines(json, "overrides", CaseJson.texts(saved.scenario().overrides()));
        CaseJson.lines(
                json, "schedule", CaseJson.texts(saved.scenario().schedule().overrides()));
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
        CaseJson.lines(json, "steps", saved.steps());
        json.writeEndObject();
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
        root.allows(CaseJson.names(
                "format version target setting program choices expected cut passesWithoutDefect trace steps"));
        Value setting = root.field("setting");
        setting.allows(CaseJson.names("defect crash sizeBytes blockSizeBytes formatOptions mountOptions fault"));
        Value defect = setting.optional("defect");
        Value fault = setting.optional("fault");
        Value choices = root.field("choices");
        choices.allows(CaseJson.names("base overrides schedule"));
        Value expected = root.field("expected");
        expected.allows(CaseJson.names("kind sentence"));
        Value cut = root.optional("cut");
        Value passes = root.optional("passesWithoutDefect");
        if (passes != null && passes.truth() && defect == null) {
            throw passes.error("there is no defect to do without");
        }
        String crash = CaseJson.notEmpty(setting.field("crash"));
        if (cut != null && crash.equals(CaseFile.NO_CRASH)) {
            throw cut.error("the crash model is '" + crash + "', so the power never fails; leave 'cut' out");
        }
        return new ConcurrentCase(
                CaseJson.notEmpty(root.field("target")),
                defect == null ? null : CaseJson.notEmpty(defect),
                crash,
                CaseJson.format(setting),
                setting.field("mountOptions").text(),
                fault == null ? null : CaseJson.notEmpty(fault),
                new ConcurrentScenario(
                        program(root.field("program")),
                        CaseJson.base(choices.field("base")),
                        CaseJson.overrides(choices.field("overrides")),
                        new SavedSchedule(CaseJson.overrides(choices.field("schedule")))),
                CaseJson.notEmpty(expected.field("kind")),
                expected.field("sentence").text(),
                cut == null ? null : cut(cut),
                passes != null && passes.truth(),
                texts(root.field("steps")),
                CaseJson.traceHash(root.field("trace")));
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
        cut.allows(CaseJson.names("position kept image"));
        return new ConcurrentCase.Cut(
                new Case.Place(CaseJson.position(cut), CaseJson.kept(cut)), CaseJson.imageHash(cut.field("image")));
    }

    private static Program program(Value lines) {
        List<String> texts = texts(lines);
        try {
            return ProgramScript.parse(lines.file(), String.join("\n", texts));
        } catch (FileFormatException e) {
            List<Value> items = lines.items();
            Value culprit = items.isEmpty() ? lines : items.get(Math.min(e.line(), items.size()) - 1);
            throw culprit.error(e.reason());
        }
    }
}
