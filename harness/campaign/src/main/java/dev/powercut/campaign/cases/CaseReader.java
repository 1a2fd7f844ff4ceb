package dev.powercut.campaign.cases;

import dev.powercut.campaign.LiveOracle;
import dev.powercut.campaign.config.LocatedJson.Value;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.workload.ScriptException;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a case of JSON; what is wrong is told with its line. */
final class CaseReader {

    static final String FORMAT = "powercut-case";
    static final int VERSION = 1;

    private static final int MAX_STEPS = 200_000;
    private static final int MAX_RECOVERY_CUTS = 8;

    private CaseReader() {}

    static Case read(Value root) {
        if (!root.field("format").text().equals(FORMAT)) {
            throw root.field("format").error("this is no case: the format is not '" + FORMAT + "'");
        }
        Value version = root.field("version");
        long number = version.number(1, Long.MAX_VALUE);
        if (number > VERSION) {
            throw version.error("the case is of version " + number + ", and this powercut reads up to version "
                    + VERSION + "; use a newer one");
        }
        root.allows(
                CaseJson.names("format version target setting workload choices crash expected withoutDefect hashes"));
        Value target = root.field("target");
        Case.Setting setting = setting(root.field("setting"));
        Value crash = root.optional("crash");
        Value withoutDefect = root.optional("withoutDefect");
        if (withoutDefect != null && !withoutDefect.text().equals("pass")) {
            throw withoutDefect.error("what is expected without the defect can only be 'pass'");
        }
        if (withoutDefect != null && setting.defect() == null) {
            throw withoutDefect.error("there is no defect to do without");
        }
        Case.Expected expected = expected(root.field("expected"));
        if (crash == null && expected instanceof Case.Expected.Pass) {
            throw root.error("a case that is expected to pass needs a crash state, in the field 'crash'");
        }
        if (expected instanceof Case.Expected.Found found) {
            agree(root, found, crash);
        }
        Value hashes = root.field("hashes");
        hashes.allows(CaseJson.names("trace crashImage recoveredImage"));
        return new Case(
                CaseJson.notEmpty(target),
                setting,
                scenario(root),
                crash == null ? null : place(crash),
                expected,
                withoutDefect != null,
                new Case.Hashes(
                        CaseJson.traceHash(hashes.field("trace")),
                        CaseJson.imageHash(hashes.field("crashImage")),
                        CaseJson.imageHash(hashes.field("recoveredImage"))));
    }

    /** What shows while the target runs needs no power cut, and all else needs one. */
    private static void agree(Value root, Case.Expected.Found found, @Nullable Value crash) {
        boolean live = found.oracle().equals(LiveOracle.NAME);
        if (crash == null && !live) {
            throw root.error("the field 'crash' is missing, without which " + found.oracle() + " finds nothing");
        }
        if (crash != null && live) {
            throw crash.error(LiveOracle.NAME + " finds what shows without a power cut; leave 'crash' out");
        }
        agree(root.field("expected").field("fingerprint"), found);
        Value course = root.field("expected").optional("course");
        if (course != null) {
            agree(course, found);
        }
    }

    private static void agree(Value name, Case.Expected.Found found) {
        String beginning = found.oracle() + "/" + found.kind();
        if (!name.text().startsWith(beginning)) {
            throw name.error("this does not begin with oracle and kind, '" + beginning + "'");
        }
    }

    private static Case.Setting setting(Value setting) {
        setting.allows(CaseJson.names("defect crash sizeBytes blockSizeBytes formatOptions mountOptions fault"));
        Value defect = setting.optional("defect");
        Value fault = setting.optional("fault");
        return new Case.Setting(
                defect == null ? null : CaseJson.notEmpty(defect),
                CaseJson.notEmpty(setting.field("crash")),
                CaseJson.format(setting),
                setting.field("mountOptions").text(),
                fault == null ? null : CaseJson.notEmpty(fault));
    }

    private static Scenario scenario(Value root) {
        Value choices = root.field("choices");
        choices.allows(CaseJson.names("base overrides"));
        return new Scenario(
                steps(root.field("workload")),
                CaseJson.base(choices.field("base")),
                CaseJson.overrides(choices.field("overrides")));
    }

    /** Each line is one step, with its number. */
    private static List<Step> steps(Value workload) {
        List<Value> lines = workload.items();
        if (lines.size() > MAX_STEPS) {
            throw workload.error("there are more than " + MAX_STEPS + " operations");
        }
        List<Step> steps = new ArrayList<>();
        for (Value line : lines) {
            Step step = step(line);
            if (!steps.isEmpty() && step.number() <= steps.getLast().number()) {
                throw line.error("step " + step.number() + " does not come after step "
                        + steps.getLast().number());
            }
            steps.add(step);
        }
        return steps;
    }

    private static Step step(Value line) {
        List<Step> steps;
        try {
            steps = ScriptWorkload.parse(line.file(), line.text()).steps();
        } catch (ScriptException e) {
            throw line.error(e.reason());
        }
        if (steps.size() != 1) {
            throw line.error("each line is one operation, such as '0: creat /a 0644'");
        }
        return steps.getFirst();
    }

    private static Case.Place place(Value crash) {
        crash.allows(CaseJson.names("position kept recoveryCuts"));
        Value cuts = crash.optional("recoveryCuts");
        List<Finding.RecoveryCut> read = new ArrayList<>();
        if (cuts != null) {
            for (Value cut : cuts.items()) {
                cut.allows(CaseJson.names("position kept"));
                read.add(new Finding.RecoveryCut(CaseJson.position(cut), CaseJson.kept(cut)));
            }
            if (read.size() > MAX_RECOVERY_CUTS) {
                throw cuts.error("recovery is cut more than " + MAX_RECOVERY_CUTS + " times");
            }
        }
        return new Case.Place(CaseJson.position(crash), CaseJson.kept(crash), read);
    }

    private static Case.Expected expected(Value expected) {
        Value verdict = expected.field("verdict");
        switch (verdict.text()) {
            case "pass" -> {
                expected.allows(CaseJson.names("verdict"));
                return new Case.Expected.Pass();
            }
            case "finding" -> {
                expected.allows(CaseJson.names("verdict oracle kind fingerprint course sentence"));
                @Nullable Value sentence = expected.optional("sentence");
                @Nullable Value course = expected.optional("course");
                return new Case.Expected.Found(
                        CaseJson.notEmpty(expected.field("oracle")),
                        CaseJson.notEmpty(expected.field("kind")),
                        CaseJson.notEmpty(expected.field("fingerprint")),
                        CaseJson.notEmpty(course == null ? expected.field("fingerprint") : course),
                        sentence == null ? "" : sentence.text());
            }
            default -> throw verdict.error("the verdict is 'finding' or 'pass', not '" + verdict.text() + "'");
        }
    }
}
