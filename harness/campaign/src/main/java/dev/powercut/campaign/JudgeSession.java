package dev.powercut.campaign;

import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.campaign.judge.ExternalJudge;
import dev.powercut.campaign.judge.ExternalJudge.Opinion;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.explore.Verdict.RecoveredImage;
import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Violation;
import dev.powercut.sim.disk.DiskImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a target's external judge about what recovery left: about all of it, a sample, or nothing. */
public final class JudgeSession {

    public static final String ORACLE = "external-judge";

    private static final int SAMPLE_IMAGES = 8;

    private final Judging judging;
    private final String name;
    private final @Nullable ExternalJudge judge;

    private JudgeSession(Judging judging, String name, @Nullable ExternalJudge judge) {
        this.judging = judging;
        this.name = name;
        this.judge = judge;
    }

    /** @throws UsageException when all is to be judged and there is nobody to do it */
    public static JudgeSession of(Judging judging, @Nullable String name) {
        ExternalJudge judge = name == null || judging == Judging.NONE ? null : ExternalJudge.find(name);
        if (judging == Judging.ALL && judge == null) {
            throw new UsageException(
                    name == null
                            ? "this target has no external judge; leave --judge out"
                            : "the judge " + name + " is not on this computer; install it, or leave --judge out");
        }
        return new JudgeSession(judging, name == null ? "" : name, judge);
    }

    /**
     * What the judge said.
     *
     * @param line the judge as an oracle, or null when it was not asked
     * @param note why it was not asked, or of how much; empty when of all
     */
    public record Result(List<Finding> findings, @Nullable OracleLine line, String note) {
        static final Result NOT_ASKED = new Result(List.of(), null, "");
    }

    /** Whether it is asked about everything, not a sample. */
    boolean isAskedAll() {
        return judging == Judging.ALL;
    }

    /** Asks. */
    public Result judge(Verdict verdict, RunMonitor monitor) {
        if (judge == null) {
            return new Result(List.of(), null, noteOfAbsence());
        }
        List<RecoveredImage> chosen = choose(verdict.recoveredImages());
        List<DiskImage> images = new ArrayList<>();
        for (RecoveredImage one : chosen) {
            images.add(one.image());
        }
        List<Opinion> opinions;
        try {
            opinions = judge.judge(images, monitor::isStopped);
        } catch (IOException e) {
            throw new UsageException("the judge " + name + " cannot be run: " + e.getMessage(), e);
        }
        return result(verdict, chosen, opinions);
    }

    private Result result(Verdict verdict, List<RecoveredImage> chosen, List<Opinion> opinions) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        long against = 0;
        for (int i = 0; i < opinions.size(); i++) {
            if (!opinions.get(i).isClean()) {
                against++;
                Finding finding = finding(verdict, chosen.get(i), opinions.get(i));
                findings.merge(finding.fingerprint(), finding, (first, next) -> first.occurringAgain());
            }
        }
        String claim = name + " -fn finds what recovery left clean.";
        String note = chosen.size() == verdict.recoveredImages().size()
                ? ""
                : opinions.size() + " of " + verdict.recoveredImages().size() + " recovered images";
        return new Result(
                List.copyOf(findings.values()), new OracleLine(ORACLE, claim, opinions.size(), against), note);
    }

    private String noteOfAbsence() {
        if (name.isEmpty()) {
            return "the target has no external judge";
        }
        return judging == Judging.NONE ? "not asked" : name + " is not on this computer";
    }

    private List<RecoveredImage> choose(List<RecoveredImage> all) {
        if (judging == Judging.ALL || all.size() <= SAMPLE_IMAGES) {
            return all;
        }
        List<RecoveredImage> chosen = new ArrayList<>();
        for (int i = 0; i < SAMPLE_IMAGES; i++) {
            chosen.add(all.get((int) ((long) i * (all.size() - 1) / (SAMPLE_IMAGES - 1))));
        }
        return chosen;
    }

    private Finding finding(Verdict verdict, RecoveredImage judged, Opinion opinion) {
        CutPoint cut = verdict.states().cutPoints(judged.crashImage()).getFirst();
        String complaint = complaint(opinion);
        Violation violation = new Violation(
                name + "-disagrees",
                "after our recovery, which found nothing more to mend, " + name + " -fn still finds: " + complaint,
                "what recovery leaves is clean for any checker",
                opinion.lines());
        String fingerprint = ORACLE + "/" + violation.kind() + "/" + complaint.replaceAll("[0-9]+", "N");
        return new Finding(
                ORACLE,
                fingerprint,
                violation,
                Evidence.Stage.SECOND_RECOVERY,
                judged.crashImage(),
                cut,
                cut.firstPosition(),
                1,
                null);
    }

    /** The first line that is about the image, not about how the check goes on. */
    private static String complaint(Opinion opinion) {
        for (String line : opinion.lines()) {
            if (!line.startsWith("Pass ") && !line.matches("\\w+ [0-9.]+ \\(.*\\)") && !line.startsWith("Warning")) {
                return line.strip();
            }
        }
        return "exit code " + opinion.exitCode();
    }
}
