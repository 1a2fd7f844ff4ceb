package dev.powercut.campaign.cases;

import dev.powercut.check.explore.Finding;
import dev.powercut.check.workload.Step;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes a case as JSON. */
final class CaseWriter {

    private final JsonGenerator json;

    private CaseWriter(JsonGenerator json) {
        this.json = json;
    }

    static byte[] bytes(Case saved) {
        return CaseJson.bytes(json -> new CaseWriter(json).write(saved));
    }

    private void write(Case saved) {
        json.writeStartObject();
        json.writeStringProperty("format", CaseReader.FORMAT);
        json.writeNumberProperty("version", CaseReader.VERSION);
        json.writeStringProperty("target", saved.target());
        setting(saved.setting());
        CaseJson.lines(
                json,
                "workload",
                saved.scenario().steps().stream().map(Step::toString).toList());
        choices(saved);
        if (saved.place() != null) {
            json.writeObjectPropertyStart("crash");
            json.writeNumberProperty("position", saved.place().position());
            json.writeStringProperty("kept", saved.place().kept().text());
            recoveryCuts(saved.place().recoveryCuts());
            json.writeEndObject();
        }
        expected(saved.expected());
        if (saved.passesWithoutDefect()) {
            json.writeStringProperty("withoutDefect", "pass");
        }
        json.writeObjectPropertyStart("hashes");
        json.writeStringProperty("trace", saved.hashes().trace());
        json.writeStringProperty("crashImage", saved.hashes().crashImage());
        json.writeStringProperty("recoveredImage", saved.hashes().recoveredImage());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void recoveryCuts(List<Finding.RecoveryCut> cuts) {
        if (cuts.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("recoveryCuts");
        for (Finding.RecoveryCut cut : cuts) {
            json.writeStartObject();
            json.writeNumberProperty("position", cut.position());
            json.writeStringProperty("kept", cut.kept().text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void setting(Case.Setting setting) {
        CaseJson.beginSetting(json, setting.defect(), setting.crash(), setting.format(), setting.mountOptions());
        if (setting.fault() != null) {
            json.writeStringProperty("fault", setting.fault());
        }
        json.writeEndObject();
    }

    private void choices(Case saved) {
        json.writeObjectPropertyStart("choices");
        json.writeStringProperty("base", CaseJson.text(saved.scenario().base()));
        CaseJson.lines(json, "overrides", CaseJson.texts(saved.scenario().overrides()));
        json.writeEndObject();
    }

    private void expected(Case.Expected expected) {
        json.writeObjectPropertyStart("expected");
        switch (expected) {
            case Case.Expected.Pass() -> json.writeStringProperty("verdict", "pass");
            case Case.Expected.Found(
                    String oracle,
                    String kind,
                    String fingerprint,
                    String course,
                    String sentence) -> {
                json.writeStringProperty("verdict", "finding");
                json.writeStringProperty("oracle", oracle);
                json.writeStringProperty("kind", kind);
                json.writeStringProperty("fingerprint", fingerprint);
                if (!course.equals(fingerprint)) {
                    json.writeStringProperty("course", course);
                }
                json.writeStringProperty("sentence", sentence);
            }
        }
        json.writeEndObject();
    }
}
