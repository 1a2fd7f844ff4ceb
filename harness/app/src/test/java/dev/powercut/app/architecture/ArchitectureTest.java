package dev.powercut.app.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.check.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the house to its plan. */
class ArchitectureTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final JavaClasses MAIN = Module.mainClasses();

    /** Main sources that may be longer than the rest, each with its reason. */
    private static final Set<String> LONG_ON_PURPOSE = Set.of(
            // The whole disk format in one place.
            "targets/ext/src/main/java/dev/powercut/targets/ext/format/Format.java",
            "targets/logfs/src/main/java/dev/powercut/targets/logfs/format/Format.java",
            // All system calls in one place, mostly of one line each.
            "harness/kernel/src/main/java/dev/powercut/kernel/Process.java",
            // Two accessors for each of fifty fields.
            "targets/ext/src/main/java/dev/powercut/targets/ext/format/Superblock.java");

    @Test
    void everyModuleIsLookedAt() {
        Set<String> seen = new TreeSet<>();
        MAIN.stream()
                .filter(Module::isOurs)
                .forEach(type -> seen.add(Module.of(type).name()));
        assertTrue(
                seen.containsAll(List.of(
                        "sim",
                        "kernel",
                        "check",
                        "campaign",
                        "bridge",
                        "app",
                        "reports",
                        "targets/ext",
                        "targets/logfs")),
                seen::toString);
    }

    @Test
    void arrowsBetweenModulesPointOneWay() {
        ArrowRules.arrows().check(MAIN);
    }

    @Test
    void harnessNamesNoTargetAndNoReportFormat() {
        Set<String> names = new TreeSet<>(List.of("ext", "ext2", "ext3"));
        ServiceLoader.load(Target.class).forEach(target -> names.add(target.name()));
        ServiceLoader.load(ReportFormat.class).forEach(format -> names.add(format.name()));
        // Not only a report's format: cases and plans are written in it.
        names.remove("json");
        ArrowRules.harnessNamesNone(names).check(MAIN);
    }

    @Test
    void simulatedCodeUsesNoTypeThatDiffersBetweenRuns() {
        SimulatedCodeRules.noBannedTypes().check(MAIN);
    }

    @Test
    void simulatedCodeCallsNothingThatDiffersBetweenRuns() {
        SimulatedCodeRules.noBannedMethods().check(MAIN);
    }

    @Test
    void simulatedCodeSynchronizesOnNothing() {
        SimulatedCodeRules.nothingSynchronized().check(MAIN);
    }

    @Test
    void simulatedCodeKeepsNoStateInStatics() {
        StaticStateRules.noMutableStatics().check(MAIN);
    }

    @Test
    void typesReviewedAsConstantStillExist() {
        StaticStateRules.REVIEWED.keySet().forEach(name -> assertTrue(MAIN.contain(name), name));
    }

    @Test
    void namesSayWhatThingsAre() {
        SourceRules.noVagueNames().check(MAIN);
    }

    @Test
    void everyPackageIsDescribedAndNullMarked() {
        assertEquals(List.of(), SourceRules.unmarkedPackages(MAIN));
    }

    @Test
    void mainSourcesAreShort() throws IOException {
        List<String> tooLong = SourceRules.longSources(ROOT).stream()
                .filter(file -> LONG_ON_PURPOSE.stream().noneMatch(file::startsWith))
                .toList();
        assertEquals(List.of(), tooLong);
    }

    @Test
    void everyPropertyFixesItsSeed() throws IOException {
        assertEquals(List.of(), SourceRules.propertiesWithoutSeed(ROOT));
    }

    @Test
    void everyFuzzTestStandsAloneAndHasInputs() throws IOException {
        assertEquals(List.of(), SourceRules.unfitFuzzTests(ROOT));
    }
}
