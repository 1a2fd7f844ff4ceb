package dev.powercut.check.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.sim.Choices;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptWorkloadTest {

    private static List<Step> parse(String text) {
        return ScriptWorkload.parse("file", text).steps();
    }

    @Test
    void everyOperationReadsAsItIsWritten() {
        String script = """
                0: creat /a 0644
                1: mkdir /d 0755
                2: mkfifo /f 0600
                3: symlink ../x/ /d/s
                4: link /a /b
                5: unlink /a
                6: rmdir /d
                7: rename /a /b
                8: write /a 4096 1000
                9: append /a 10
                10: truncate /a 0
                11: chmod /a 4755
                12: allocate /a 2000 4000
                13: punch /a 700 1500
                14: chown /a -1 5
                15: utimens /a 1767225600.000000001
                16: fsync /a
                17: fdatasync /a
                18: sync
                19: read /a 0 10
                20: stat /a
                21: lstat /a
                22: readlink /a
                23: list /
                24: sleep 20ms
                25: open 0 /a
                26: write-open 0 5 6
                27: read-open 0 5 6
                28: truncate-open 0 100
                29: fsync-open 0
                30: fdatasync-open 0
                31: close 0
                32: mmap-write /a 300 1200
                33: unmount
                """;
        assertEquals(script, ScriptWorkload.parse("file", script).text());
        assertEquals(
                Operation.class.getPermittedSubclasses().length, parse(script).size(), "no operation is left out");
    }

    @Property(tries = 200, seed = "1")
    void generatedWorkloadsReadAsTheyAreWritten(@ForAll long seed) {
        List<Step> steps = new RandomWorkload(60).steps(Choices.seeded(seed));
        assertEquals(steps, parse(ScriptWorkload.of("random", steps).text()));
    }

    @Property(tries = 500, seed = "2")
    void anyNameReadsAsItIsWritten(@ForAll String name) {
        String plain = name.replace("/", "").replace("\0", "");
        if (!plain.isEmpty() && !plain.equals(".") && !plain.equals("..")) {
            Step step = new Step(3, new Operation.Rename("/" + plain, "/" + plain + "/" + plain));
            assertEquals(List.of(step), parse(step.toString()));
        }
    }

    @Test
    void stepsAreNumberedFromTheLineBefore() {
        List<Step> steps = parse("sync\n\n# comment\n7: sync # the seventh\n  sync");
        assertEquals(List.of(0, 7, 8), steps.stream().map(Step::number).toList());
    }

    @Test
    void whatStandsBeforeStartIsSetUp() {
        String script = "0: creat /a 0644\nstart\n1: fsync /a\n";
        ScriptWorkload workload = ScriptWorkload.parse("file", script);
        assertEquals(1, workload.setUp().size());
        assertEquals(1, workload.steps().size());
        assertEquals(script, workload.text());
        assertEquals(
                1,
                ScriptWorkload.parse("file", "sync\n  start # here\nsync")
                        .setUp()
                        .size());
    }

    @Test
    void sizesMayHaveUnits() {
        assertEquals(
                new Operation.Write("/a", 4096, 1 << 20),
                parse("write /a 4K 1M").getFirst().operation());
        assertEquals(
                new Operation.Sleep(3_000_000), parse("sleep 3ms").getFirst().operation());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sync\\nfrobnicate /a | 2 | there is no operation 'frobnicate'",
                "sync\\nfsnyc /a | 2 | there is no operation 'fsnyc'; did you mean 'fsync'?",
                "write /a 0 | 1 | a length is missing at the end of the line",
                "write /a 0 10 9 | 1 | '9' is too much",
                "write a 0 10 | 1 | path 'a' does not begin with /",
                "stat /a/../b | 1 | path '/a/../b' has an empty component, . or ..",
                "stat /a/ | 1 | path '/a/' has an empty component, . or ..",
                "creat /a 9 | 1 | '9' is not an octal mode up to 7777",
                "write /a -1 10 | 1 | '-1' is not an offset or size",
                "write /a 0 17M | 1 | '17M' is too large for a length",
                "sleep 5 | 1 | '5' is not a duration such as 20ms: units are ns us ms s",
                "stat \"/a | 1 | a quote is not closed",
                "stat \"/a\\\\x\" | 1 | in quotes, \\\\ begins one of",
                "5: sync\\n5: sync | 2 | step 5 does not come after step 5",
                "open 64 /a | 1 | '64' is too large for a slot",
                "unmount\\nsync | 2 | nothing may follow 'unmount'",
                "start\\nsync\\nstart | 3 | there is a second 'start'",
                "sync\\nunmount\\nstart | 3 | 'start' unmounts by itself; leave 'unmount' out",
                "utimens /a 99999999999 | 1 | '99999999999' is not a time in seconds since 1970",
            })
    void errorsNameLineAndReason(String script, int line, String reason) {
        String text = script.replace("\\n", "\n").replace("\\\\", "\\");
        ScriptException e = assertThrows(ScriptException.class, () -> parse(text));
        assertEquals(line, e.line());
        String expected = reason.replace("\\\\", "\\");
        assertEquals(
                expected,
                e.reason().substring(0, Math.min(expected.length(), e.reason().length())));
        assertEquals("file:" + line + ": " + e.reason(), e.getMessage());
    }

    @Test
    void stepsThatDoNotAscendAreRefused() {
        Step step = new Step(1, new Operation.Sync());
        assertThrows(IllegalArgumentException.class, () -> ScriptWorkload.of("x", List.of(step, step)));
        assertThrows(IllegalArgumentException.class, () -> new Step(-1, new Operation.Sync()));
        assertThrows(IllegalArgumentException.class, () -> new Step(Step.MAX_NUMBER + 1, new Operation.Sync()));
    }
}
