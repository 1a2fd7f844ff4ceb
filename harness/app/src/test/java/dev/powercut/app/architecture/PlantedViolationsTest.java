package dev.powercut.app.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule of the architecture catches what was planted for it, and nothing beside it. */
class PlantedViolationsTest {
    private static final JavaClasses PLANTED =
            new ClassFileImporter().importPackages("dev.powercut.sim.planted", "dev.powercut.kernel.planted");

    @Test
    void arrowThatPointsUpIsCaught() {
        String report = report(ArrowRules.arrows());
        assertTrue(report.contains("sim must not see kernel"), report);
        assertTrue(report.lines().allMatch(line -> line.contains("LooksUp")), report);
        assertTrue(new Module("bridge").maySee(new Module("campaign")));
        assertFalse(new Module("app").maySee(new Module("targets/ext")));
        assertFalse(new Module("app").maySee(new Module("reports")));
        assertFalse(new Module("targets/ext").maySee(new Module("targets/logfs")));
        assertFalse(new Module("check").maySee(new Module("newcomer")));
    }

    @Test
    void nameOfATargetInATextIsCaught() {
        String report = report(ArrowRules.harnessNamesNone(List.of("plantedfs")));
        assertTrue(report.contains("SpeaksOfTargets names one in"), report);
        assertEquals("", report(ArrowRules.harnessNamesNone(List.of("planted-fs", "blo"))));
    }

    @Test
    void bannedTypesAreCaught() {
        assertEquals(
                List.of(
                        "concurrentHashMap",
                        "hashMap",
                        "hashSet",
                        "identityHashMap",
                        "lock",
                        "processors",
                        "random",
                        "secureRandom",
                        "thread",
                        "threadLocal",
                        "threadLocalRandom",
                        "virtualThread"),
                membersIn(report(SimulatedCodeRules.noBannedTypes()), "BannedTypes"));
    }

    @Test
    void bannedMethodsAreCaught() {
        assertEquals(
                List.of(
                        "currentTimeMillisByReference",
                        "dateTimeNow",
                        "environment",
                        "groupingBy",
                        "identityHashCode",
                        "instantNow",
                        "mapOf",
                        "mathRandom",
                        "nanoTime",
                        "nanoTimeInLambda",
                        "parallel",
                        "parallelSort",
                        "parallelStream",
                        "setOf",
                        "uuid"),
                membersIn(report(SimulatedCodeRules.noBannedMethods()), "BannedMethods"));
    }

    @Test
    void synchronizedMethodsAndBlocksAreCaught() {
        assertEquals(
                List.of("block", "method"),
                membersIn(report(SimulatedCodeRules.nothingSynchronized()), "Synchronizes"));
    }

    @Test
    void mutableStaticsAreCaughtAndConstantsPass() {
        assertEquals(
                List.of(
                        "BAD_BUILDER",
                        "BAD_CAPTURING",
                        "BAD_COUNTERS",
                        "BAD_COUNTERS_TO_COME",
                        "BAD_ENUM",
                        "BAD_FILLED_LIST",
                        "BAD_HOLDER",
                        "BAD_LIST",
                        "BAD_LIST_OF_COUNTERS",
                        "BAD_OBJECT",
                        "BAD_OPEN_TABLE",
                        "BAD_OPEN_TEXTS",
                        "badCounter"),
                membersIn(report(StaticStateRules.noMutableStatics()), "Statics"));
    }

    @Test
    void vagueNameIsCaught() {
        String report = report(SourceRules.noVagueNames());
        assertTrue(report.contains("PlantedHelper"), report);
        assertEquals(1, report.lines().count(), report);
    }

    @Test
    void packageWithoutNullMarkIsCaught() {
        assertEquals(
                List.of("dev.powercut.kernel.planted", "dev.powercut.sim.planted"),
                SourceRules.unmarkedPackages(PLANTED));
    }

    @Test
    void longMainSourceIsCaught(@TempDir Path root) throws IOException {
        write(root, "harness/sim/src/main/java/Long.java", "\n".repeat(401));
        write(root, "harness/sim/src/main/java/Full.java", "\n".repeat(400));
        write(root, "targets/some/src/test/java/LongTest.java", "\n".repeat(900));
        assertEquals(List.of("harness/sim/src/main/java/Long.java has 401 lines"), SourceRules.longSources(root));
    }

    @Test
    void propertyWithoutSeedIsCaught(@TempDir Path root) throws IOException {
        write(root, "harness/sim/src/test/java/A.java", "class A {\n    @Property(tries = 9)\n    void a() {}\n}\n");
        write(root, "harness/sim/src/test/java/B.java", "class B {\n    @Property\n    void b(int seed) {}\n}\n");
        write(
                root,
                "reports/src/test/java/C.java",
                "class C {\n    @Property(\n        seed = \"1\")\n    void c() {}\n}\n");
        assertEquals(
                List.of(
                        "harness/sim/src/test/java/A.java: @Property(tries = 9)",
                        "harness/sim/src/test/java/B.java: @Property"),
                SourceRules.propertiesWithoutSeed(root));
    }

    @Test
    void fuzzTestsThatShareAClassOrLackInputsAreCaught(@TempDir Path root) throws IOException {
        String one = "    @FuzzTest\n    void a(byte[] data) {}\n";
        write(root, "targets/some/src/test/java/x/GoodFuzzTest.java", "class GoodFuzzTest {\n" + one + "}\n");
        write(root, "targets/some/src/test/resources/x/GoodFuzzTestInputs/a/seed", "seed");
        write(root, "targets/some/src/test/java/x/TwoFuzzTest.java", "class TwoFuzzTest {\n" + one + one + "}\n");
        assertEquals(
                List.of(
                        "targets/some/src/test/java/x/TwoFuzzTest.java has 2 @FuzzTest methods; only one is fuzzed in a JVM",
                        "targets/some/src/test/java/x/TwoFuzzTest.java has no inputs in"
                                + " targets/some/src/test/resources/x/TwoFuzzTestInputs"),
                SourceRules.unfitFuzzTests(root));
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String report(ArchRule rule) {
        return String.join("\n", rule.evaluate(PLANTED).getFailureReport().getDetails());
    }

    /** Members of a planted class that a report speaks of, each once, in order. */
    private static List<String> membersIn(String report, String planted) {
        Pattern member = Pattern.compile("\\b" + planted + "\\.(?!java\\b)(\\w+)");
        return member.matcher(report)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .sorted()
                .toList();
    }
}
