package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell launcher, run for real in a checkout that is made up: the Java and the Maven in it are shell scripts that
 * say how they were called.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {
    /** A Java that prints its process id, its arguments one a line, and exits with 7 when asked to. */
    private static final String FAKE_JAVA = """
            #!/bin/sh
            echo "pid $$"
            for argument; do echo "<$argument>"; done
            case " $* " in *" fail "*) exit 7 ;; esac
            """;

    /** A Maven that makes the jar, unless there is a file that tells it to fail. */
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            if [ -e broken ]; then echo "[ERROR] planted"; exit 1; fi
            echo "$*" >> maven-calls
            mkdir -p harness/app/target
            echo jar > harness/app/target/powercut.jar
            """;

    private record Outcome(int exitCode, long pid, List<String> output, String errors) {}

    @TempDir
    private Path temporary;

    private Path checkout;
    private Path launcher;
    private Path tools;
    private Path java25;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectories(temporary.resolve("a check out"));
        for (String module : List.of("harness/sim", "harness/bench", "targets/some", "reports")) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main/java"));
            Files.createDirectories(checkout.resolve(module).resolve("src/test/java"));
            Files.writeString(checkout.resolve(module).resolve("pom.xml"), "<project/>");
            Files.writeString(checkout.resolve(module).resolve("src/main/java/Some.java"), "class Some {}");
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        launcher = script(checkout.resolve("harness/powercut"), Files.readString(Path.of("../powercut")));
        tools = Files.createDirectories(temporary.resolve("tools"));
        for (String tool :
                List.of("cat", "dirname", "readlink", "sed", "find", "head", "ln", "rm", "mkdir", "touch", "sleep")) {
            script(tools.resolve(tool), "#!/bin/sh\nexec " + locate(tool) + " \"$@\"\n");
        }
        script(tools.resolve("mvn"), FAKE_MAVEN);
        java25 = fakeJdk(temporary.resolve("jdk 25"), "25.0.3");
        environment.put("PATH", tools.toString());
        environment.put("HOME", temporary.resolve("home").toString());
        environment.put("JAVA_HOME", java25.toString());
    }

    @Test
    void passesArgumentsExitCodeAndJvmOptionsOn() throws Exception {
        environment.put("POWERCUT_OPTS", "-Xmx2g -Dsome=thing");
        Outcome outcome = launch(launcher, "fail", "two words", "", "*");
        assertEquals(7, outcome.exitCode);
        List<String> output = outcome.output;
        Path jar = checkout.toRealPath().resolve("harness/app/target/powercut.jar");
        int options = output.indexOf("<-Xmx2g>");
        assertTrue(output.indexOf("<-Xmx512m>") < options, output::toString);
        assertEquals(
                List.of("<-Xmx2g>", "<-Dsome=thing>", "<-jar>", "<" + jar + ">", "<fail>", "<two words>", "<>", "<*>"),
                output.subList(options, output.size()));
    }

    @Test
    void leavesTheOptimizingCompilerOutOfWhatIsSoonOver() throws Exception {
        assertTrue(isQuick("fsck", "disk.img"));
        assertTrue(isQuick("run", "--target", "ext2", "--workload", "ace", "--length", "1", "--judge", "none"));
        assertTrue(isQuick("run", "--workload=ace", "--target", "ext2"));
        assertFalse(isQuick("run", "--target", "ext2", "--workload", "ace", "--length", "2"));
        assertFalse(isQuick("run", "--target", "ext2", "--workload=ace", "--length=2"));
        assertFalse(isQuick("run", "--target", "ext2", "--seeds", "1..100"));
        assertFalse(isQuick("gate"));
        assertFalse(isQuick());
    }

    private boolean isQuick(String... arguments) throws IOException, InterruptedException {
        return launch(launcher, arguments).output.contains("<-XX:TieredStopAtLevel=1>");
    }

    @Test
    void becomesJavaSoThatSignalsReachIt() throws Exception {
        Outcome outcome = launch(launcher);
        assertEquals("pid " + outcome.pid, outcome.output.getFirst());
    }

    @Test
    void findsItsCheckoutThroughSymbolicLinks() throws Exception {
        Path links = Files.createDirectories(temporary.resolve("some bin"));
        Path direct = Files.createSymbolicLink(links.resolve("direct"), launcher);
        Path relative = Files.createSymbolicLink(links.resolve("powercut"), direct.getFileName());
        assertEquals(0, launch(relative, "--version").exitCode);
        assertTrue(Files.exists(checkout.resolve("harness/app/target/powercut.jar")));
    }

    @Test
    void buildsOnlyWhenTheJarIsMissingOrOlder() throws Exception {
        assertEquals(
                "powercut: the runnable jar is missing; building it (the first time takes a minute or two)\n",
                launch(launcher).errors);
        assertEquals("", launch(launcher).errors);

        age("harness/app/target/powercut.jar", 50);
        for (String made :
                List.of("pom.xml", "harness/sim/pom.xml", "targets/some/src/main/java/Some.java", "reports/pom.xml")) {
            ageAllSources(100);
            assertEquals("", launch(launcher).errors, made);
            age(made, 0);
            assertTrue(launch(launcher).errors.contains("older than the sources; building"), made);
            age("harness/app/target/powercut.jar", 50);
        }
        assertEquals(5, Files.readAllLines(checkout.resolve("maven-calls")).size());
    }

    @Test
    void aDeletedSourceMakesTheJarOld() throws Exception {
        launch(launcher);
        ageAllSources(100);
        age("harness/app/target/powercut.jar", 50);
        Files.delete(checkout.resolve("targets/some/src/main/java/Some.java"));
        assertTrue(launch(launcher).errors.contains("older than the sources; building"));
    }

    @Test
    void testsAndBenchmarksDoNotMakeTheJarOld() throws Exception {
        launch(launcher);
        ageAllSources(100);
        age("harness/app/target/powercut.jar", 50);
        Files.writeString(checkout.resolve("harness/sim/src/test/java/SomeTest.java"), "class SomeTest {}");
        age("harness/bench/src/main/java/Some.java", 0);
        assertEquals("", launch(launcher).errors);
    }

    @Test
    void aFailedBuildShowsWhatMavenSaysAndExitsWithThree() throws Exception {
        Files.writeString(checkout.resolve("broken"), "");
        Outcome outcome = launch(launcher);
        assertEquals(3, outcome.exitCode);
        assertTrue(outcome.errors.contains("[ERROR] planted"), outcome.errors);
        assertTrue(outcome.errors.contains("the build failed"), outcome.errors);

        Files.delete(checkout.resolve("broken"));
        assertEquals(0, launch(launcher).exitCode);
    }

    @Test
    void theLockOfADeadBuildIsTakenOver() throws Exception {
        Process dead = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        dead.waitFor();
        Files.createDirectories(checkout.resolve("harness/app/target"));
        Files.createSymbolicLink(checkout.resolve("harness/app/target/build.lock"), Path.of(Long.toString(dead.pid())));
        assertEquals(0, launch(launcher).exitCode);
    }

    @Test
    void missingMavenIsSaidWithWhatToDo() throws Exception {
        Files.delete(tools.resolve("mvn"));
        Outcome outcome = launch(launcher);
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.errors.contains("Maven (mvn) was not found"), outcome.errors);
        assertTrue(outcome.errors.contains("Install Maven 3.8 or later"), outcome.errors);
    }

    @Test
    void aRuntimeWithoutCompilerIsToldApart() throws Exception {
        Files.delete(java25.resolve("bin/javac"));
        Outcome outcome = launch(launcher);
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.errors.contains("without a compiler"), outcome.errors);
    }

    @Test
    void olderJavaInJavaHomeIsPassedOverForTheOneOnThePath() throws Exception {
        environment.put(
                "JAVA_HOME", fakeJdk(temporary.resolve("jdk-17"), "17.0.9").toString());
        environment.put("PATH", tools + ":" + java25.resolve("bin"));
        launch(launcher);
        assertTrue(Files.readString(java25.resolve("called")).contains("yes"));
    }

    @Test
    void versionIsAskedOfAJavaThatHasNoReleaseFile() throws Exception {
        Path bare = fakeJdk(temporary.resolve("bare"), "26");
        Files.delete(bare.resolve("release"));
        script(
                bare.resolve("bin/java"),
                "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'openjdk version \"26-ea\" 2026-03-17' >&2; fi\necho \"$0\"\n");
        environment.put("JAVA_HOME", bare.toString());
        assertEquals(List.of(bare.resolve("bin/java").toString()), launch(launcher).output);
    }

    @Test
    void missingJavaIsSaidWithWhatToDo() throws Exception {
        environment.put(
                "JAVA_HOME", fakeJdk(temporary.resolve("jdk-17"), "17.0.9").toString());
        hideTheJavasOfThisMachine();
        Outcome outcome = launch(launcher);
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.errors.contains("no Java 25 found"), outcome.errors);
        assertTrue(outcome.errors.contains("Install a JDK 25 and set JAVA_HOME"), outcome.errors);
        assertFalse(Files.exists(checkout.resolve("maven-calls")));
    }

    @Test
    void javaIsFoundInTheUsualFoldersOfTheHome() throws Exception {
        environment.remove("JAVA_HOME");
        hideTheJavasOfThisMachine();
        fakeJdk(temporary.resolve("home/.sdkman/candidates/java/17.0.9-tem"), "17.0.9");
        Path wanted = fakeJdk(temporary.resolve("home/.sdkman/candidates/java/25.0.3-tem"), "25.0.3");
        assertEquals(0, launch(launcher).exitCode);
        assertTrue(Files.exists(wanted.resolve("called")));
    }

    /** Rewrites the launcher's system folders to ones that do not exist; those below HOME stay. */
    private void hideTheJavasOfThisMachine() throws IOException {
        String text = Files.readString(launcher);
        String hidden = text.replaceAll(" /(usr|opt|Library)/", " /nowhere/$1/");
        assertFalse(text.equals(hidden));
        script(launcher, hidden);
    }

    private Path fakeJdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), FAKE_JAVA + "echo yes > \"${0%/bin/java}/called\"\n");
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        return home;
    }

    private static Path script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path locate(String tool) {
        for (String folder : List.of("/bin", "/usr/bin")) {
            Path candidate = Path.of(folder, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new AssertionError("no " + tool + " in /bin or /usr/bin");
    }

    private void age(String file, int seconds) throws IOException {
        Path path = checkout.resolve(file);
        Files.setLastModifiedTime(path, FileTime.fromMillis(System.currentTimeMillis() - 1000L * seconds));
    }

    private void ageAllSources(int seconds) throws IOException {
        try (var files = Files.walk(checkout)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = checkout.relativize(file).toString();
                if (!name.startsWith("harness/app")) {
                    age(name, seconds);
                }
            }
        }
    }

    private Outcome launch(Path file, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        Path output = temporary.resolve("output");
        Path errors = temporary.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("the launcher does not end: " + command);
        }
        return new Outcome(process.exitValue(), process.pid(), Files.readAllLines(output), Files.readString(errors));
    }
}
