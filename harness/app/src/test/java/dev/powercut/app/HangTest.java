package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.Target;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that loops without asking for anything ends each command that runs it, with a finding that shows where it loops. */
class HangTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --target hanging --operations 5 --judge none --report json --out out",
                "run --target hanging --processes 2 --operations 3 --crash prefix --report json --out out",
                "replay case.json",
                "corpus add case.json --name hangs --corpus .",
            })
    void hangEndsTheCommandWithAFindingAndItsStack(String line) throws Exception {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(Target.class.getName()), HangingTarget.class.getName());
        String saved = Files.readString(Home.corpus().resolve("ext2/entry-before-inode/case.json"));
        Files.writeString(
                folder.resolve("case.json"),
                saved.replace("\"target\" : \"ext2\"", "\"target\" : \"" + HangingTarget.NAME + "\"")
                        .replaceFirst("\"defect\" : \"[a-z-]*\",", "")
                        .replaceFirst("\"withoutDefect\" : \"pass\",", ""));

        List<String> command = new ArrayList<>(OtherJvm.powercut("-Dpowercut.hang-limit-seconds=1"));
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, folder.resolve("classes") + File.pathSeparator + command.get(classPath));
        command.addAll(List.of(line.split(" ")));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String out = Files.readString(said, StandardCharsets.UTF_8);

        assertTrue(ended, out);
        assertEquals(1, process.exitValue(), out);
        assertTrue(out.contains("the target hangs: for 1 second of processor time"), out);
        assertTrue(out.contains("at dev.powercut.app.HangingTarget$1.recover("), out);
        assertTrue(Outcome.lastLine(out).startsWith("FAIL: 1 finding"), out);
        assertEquals(line.startsWith("run"), Files.exists(folder.resolve("out/report.json")), out);
    }
}
