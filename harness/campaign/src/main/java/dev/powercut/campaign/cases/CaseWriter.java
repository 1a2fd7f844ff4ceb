package dev.powercut.campaign.cases;

import dev.powercut.check.explore.Finding;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes a case as JSON: pure ASCII, indented by two spaces, keys in a fixed order, lines that end alike on every system. */
final class CaseWriter {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final JsonGenerator json;

    private CaseWriter(JsonGenerator json) {
        this.json = json;
    }

    static byte[] bytes(Case saved) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(new Context(), bytes)) {
            new CaseWriter(json).write(saved);
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

    private void write(Case saved) {
        json.writeStartObject();
        json.writeStringProperty("format", CaseReader.FORMAT);
        json.writeNumberProperty("version", CaseReader.VERSION);
        json.writeStringProperty("target", saved.target());
        setting(saved.setting());
        json.writeArrayPropertyStart("workload");
        for (Step step : saved.scenario().steps()) {
            json.writeString(step.toString());
        }
        json.writeEndArray();
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
        FormatRequest format = setting.format();
        json.writeObjectPropertyStart("setting");
        if (setting.defect() != null) {
            json.writeStringProperty("defect", setting.defect());
        }
        json.writeStringProperty("crash", setting.crash());
        json.writeNumberProperty("sizeBytes", format.sizeBytes());
        json.writeNumberProperty("blockSizeBytes", format.blockSizeBytes());
        json.writeStringProperty("formatOptions", format.options());
        json.writeStringProperty("mountOptions", setting.mountOptions());
        if (setting.fault() != null) {
            json.writeStringProperty("fault", setting.fault());
        }
        json.writeEndObject();
    }

    private void choices(Case saved) {
        json.writeObjectPropertyStart("choices");
        json.writeStringProperty("base", text(saved.scenario().base()));
        json.writeArrayPropertyStart("overrides");
        for (ChoiceOverride override : saved.scenario().overrides()) {
            json.writeString(override.path() + "#" + override.index() + "=" + override.value());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String text(ChoiceBase base) {
        return switch (base) {
            case ChoiceBase.Zero() -> "zero";
            case ChoiceBase.Seed(long seed) -> "seed " + seed;
            case ChoiceBase.Bytes(byte[] bytes) -> "bytes " + HexFormat.of().formatHex(bytes);
        };
    }

    private void expected(Case.Expected expected) {
        json.writeObjectPropertyStart("expected");
        switch (expected) {
            case Case.Expected.Pass() -> json.writeStringProperty("verdict", "pass");
            case Case.Expected.Found(String oracle, String kind, String fingerprint, String sentence) -> {
                json.writeStringProperty("verdict", "finding");
                json.writeStringProperty("oracle", oracle);
                json.writeStringProperty("kind", kind);
                json.writeStringProperty("fingerprint", fingerprint);
                json.writeStringProperty("sentence", sentence);
            }
        }
        json.writeEndObject();
    }
}
