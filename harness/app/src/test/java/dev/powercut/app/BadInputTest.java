package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sort of file that people hand to the command, wrong in every way: exit code 2, and the file, the line and the reason. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes pipes and links as POSIX has them")
class BadInputTest {

    /** More than any file of ours, and than fits into the memory of the command. */
    private static final long HUGE_BYTES = 3L << 30;

    private static final List<String> READERS = List.of(
            "replay FILE",
            "explain FILE",
            "minimize FILE",
            "trace FILE",
            "corpus add FILE --name n --corpus .",
            "gate --config FILE",
            "audit --config FILE --target ext2",
            "run --target ext2 --workload script:FILE",
            "run --target ext2 --processes 2 --workload script:FILE",
            "replay-log --base FILE --log FILE",
            "ls --image FILE /",
            "fsck --type ext2 -n FILE");

    @TempDir
    private Path folder;

    private String saved = "";
    private String schedule = "";
    private String plan = "";

    @BeforeEach
    void readGoodOnes() throws IOException {
        saved = Files.readString(Home.corpus().resolve("ext2/entry-before-inode/case.json"));
        plan = Files.readString(Home.corpus().resolve("gate.json"));
        schedule = """
            {
              "format" : "powercut-schedule",
              "version" : 1,
              "target" : "ext2",
              "setting" : {
                "crash" : "none",
                "sizeBytes" : 0,
                "blockSizeBytes" : 0,
                "formatOptions" : "",
                "mountOptions" : ""
              },
              "program" : [
                "start",
                "1000: creat /a 0644"
              ],
              "choices" : {
                "base" : "zero",
                "overrides" : [ ],
                "schedule" : [ ]
              },
              "expected" : {
                "kind" : "deadlock",
                "sentence" : ""
              },
              "trace" : "0000000000000000",
              "steps" : [ ]
            }
            """;
    }

    private Outcome reading(String reader, Path file) {
        return Outcome.powercut(reader.replace("FILE", file.toString()).replace("--corpus .", "--corpus " + folder)
                + (reader.startsWith("run") || reader.startsWith("gate") || reader.startsWith("audit")
                        ? " --out " + folder.resolve("out")
                        : ""));
    }

    private void assertRefused(String reader, Path file, String words) {
        Outcome outcome = reading(reader, file);

        assertEquals(reader.startsWith("fsck") ? 8 : 2, outcome.exitCode, reader + "\n" + outcome.out + outcome.err);
        assertTrue(outcome.err.contains(file.toString()), reader + ": the file is named: " + outcome.err);
        assertTrue(outcome.err.contains(words), reader + ": " + outcome.err);
        assertFalse(outcome.err.contains("\tat "), "no stack: " + outcome.err);
        assertTrue(outcome.err.chars().noneMatch(letter -> letter < ' ' && letter != '\n'), outcome.err);
    }

    private void assertAllRefused(List<String> readers, Path file, int line, String words) {
        for (String reader : readers) {
            assertRefused(reader, file, file + ":" + line + ": ");
            assertRefused(reader, file, words);
        }
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "folder", "pipe", "loop", "dangling"})
    void whatIsNoFileIsRefusedByEveryReader(String sort) throws Exception {
        Path file = folder.resolve(sort);
        switch (sort) {
            case "folder" -> Files.createDirectory(file);
            case "pipe" ->
                assertEquals(
                        0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
            case "loop" -> Files.createSymbolicLink(file, file);
            case "dangling" -> Files.createSymbolicLink(file, folder.resolve("nowhere"));
            default -> assertFalse(Files.exists(file));
        }
        for (String reader : READERS) {
            assertRefused(reader, file, "");
        }
    }

    @Test
    void hugeFileIsRefusedWithoutReadingItAll() throws IOException {
        Path huge = folder.resolve("huge");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(HUGE_BYTES);
        }
        for (String reader : READERS.subList(0, 9)) {
            assertRefused(reader, huge, "is not larger than 4194304 bytes");
        }
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithTheirLine() throws IOException {
        Path zeroes = file("zeroes", new byte[4096]);
        Path noUtf8 = file("no-utf8", new byte[] {'{', '\n', '"', (byte) 0xff, '"'});
        for (String reader : READERS.subList(0, 9)) {
            assertRefused(reader, zeroes, zeroes + ":1: ");
            assertRefused(reader, noUtf8, noUtf8 + ":2: ");
        }
    }

    @Test
    void jsonThatIsMadeToHurtIsRefusedWithItsLine() throws IOException {
        List<Path> hostile = List.of(
                file("deep", "{\n\"format\": " + "[".repeat(2_000_000)),
                file("deeper", "{\n" + "\"a\":{".repeat(500_000)),
                file("long-number", "{\n\"version\": 1" + "0".repeat(3_000_000) + "}"),
                file("far-number", "{\n\"version\": 1e999999999}"),
                file("long-text", "{\n\"format\": \"" + "x".repeat(3_000_000) + "\"}"),
                file("long-name", "{\n\"" + "x".repeat(3_000_000) + "\": 1}"),
                file("cut-short", "{\n\"format\": \"powercut-"),
                file("twice", "{\n\"format\": 1, \"format\": 2}"));
        for (Path file : hostile) {
            for (String reader : READERS.subList(0, 7)) {
                assertRefused(reader, file, file + ":");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\" : 1|\"version\" : 2|3|version 2",
                "\"target\" : \"ext2\"|\"target\" : \"ext9\"|4|unknown target 'ext9'; did you mean 'ext2'?",
                "\"target\" : \"ext2\"|\"target\" : \"ext\\u00002\"|4|unknown target 'ext\\u00002'",
                "\"defect\" : \"entry-before-inode\"|\"defect\" : \"no\"|6|unknown defect of ext2 'no'",
                "\"crash\" : \"prefix\"|\"crash\" : \"perfix\"|7|unknown crash model 'perfix'",
                "\"sizeBytes\" : 8388608|\"sizeBytes\" : 9223372036854775807|8|too large to be simulated",
                "\"sizeBytes\" : 8388608|\"sizeBytes\" : 1024|8|too small",
                "\"blockSizeBytes\" : 1024|\"blockSizeBytes\" : 1000|9|1000",
                "\"formatOptions\" : \"\"|\"formatOptions\" : \"nonsense=1\"|10|nonsense",
                "\"mountOptions\" : \"\"|\"mountOptions\" : \"nonsense\"|11|nonsense",
                "\"mountOptions\" : \"\"|\"mountOptions\" : \"\", \"fault\" : \"bad\"|11|unknown fault 'bad'",
            })
    void caseThatAsksForWhatThereIsNotIsRefusedWithItsLine(String right, String wrong, int line, String words)
            throws IOException {
        assertTrue(saved.contains(right), saved);
        Path folderOfOne = Files.createDirectories(folder.resolve("ext2/one"));
        Path file = Files.writeString(folderOfOne.resolve("case.json"), saved.replace(right, wrong));
        assertAllRefused(READERS.subList(0, 5), file, line, words);
        assertRefused("corpus verify --corpus " + folder, file, file + ":" + line + ": ");
    }

    /** Each would else be laid to the target, which "no longer writes what the case recorded". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"overrides\" : [ ]|\"overrides\" : [ \"a#0=1\", \"a#0=2\" ]|stands here twice",
                "\"position\" : POS|\"position\" : 2600|so the power can fail at positions 0 to",
                "\"position\" : POS|\"position\" : 1|whole entries, and at position 1 the disk had been given 1; write",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"prefix 99\"|whole entries, and at position POS",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"flushed 0 keeps 99\"|keeps something of entry 99",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"flushed 0 keeps 3\"|the crash model 'prefix' does not allow",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"prefix 10\"|leaves the image",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"prefix -1\"|'prefix -1' is no crash state; write 'prefix ENTRIES'",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"prefix 4294967295\"|is no crash state; write 'prefix ENTRIES'",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"prefix\"|is no crash state; write 'prefix ENTRIES'",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"flushed 1 keeps 3:5-2\"|is no crash state",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"flushed 1 keeps 3=900\"|is no crash state",
                "\"kept\" : \"prefix POS\"|\"kept\" : \"prefix POS+4000000\"|so none numbered 3999999",
                "\"oracle\" : \"benign-damage-only\"|\"oracle\" : \"benign-damage\"|does not begin with oracle and kind",
                "\"trace\" : \"|\"trace\" : \"0|a hash of 16 hexadecimal digits",
            })
    void caseThatContradictsItselfIsRefusedWithItsLine(String right, String wrong, String words) throws IOException {
        String position = saved.replaceAll("(?s).*\"position\" : (\\d+).*", "$1");
        String before = right.replace("POS", position);
        assertTrue(saved.contains(before), saved);
        Path folderOfOne = Files.createDirectories(folder.resolve("ext2/one"));
        Path file = Files.writeString(
                folderOfOne.resolve("case.json"), saved.replace(before, wrong.replace("POS", position)));
        for (String reader :
                List.of("replay FILE", "explain FILE", READERS.get(4), "corpus verify --corpus " + folder)) {
            assertRefused(reader, file, file + ":");
            assertRefused(reader, file, words.replace("POS", position));
        }
    }

    @Test
    void caseOfAnUnknownOracleOrWithoutItsCrashIsRefused() throws IOException {
        String other = saved.replace("benign-damage-only", "benign-damage-onyl");
        assertRefused("replay FILE", file("a.json", other), "did you mean 'benign-damage-only'?");
        String none = saved.replaceAll("(?s)\"crash\" : \\{.*?\\},", "");
        assertRefused("replay FILE", file("b.json", none), "the field 'crash' is missing");
    }

    @Test
    void choicesWithoutEffectAreToldOfACaseThatGoesAnotherWay() throws IOException {
        String other = saved.replace("\"overrides\" : [ ]", "\"overrides\" : [ \"nobody#3=1\" ]")
                .replaceFirst("\"trace\" : \"[0-9a-f]{16}", "\"trace\" : \"0123456789abcdef")
                .replaceFirst("\"crashImage\" : \"[0-9a-f]{16}", "\"crashImage\" : \"0123456789abcdef");
        String said = Outcome.powercut("replay " + file("c.json", other)).out.replaceAll("\\s+", " ");
        assertTrue(said.contains("these are without effect: nobody#3=1 (nobody asks for it)"), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\" : 1|\"version\" : 2|3|this powercut reads up to version 1",
                "\"target\" : \"ext2\"|\"target\" : \"ext9\"|4|unknown target 'ext9'",
                "\"crash\" : \"none\"|\"crash\" : \"nine\"|6|unknown crash model 'nine'",
                "\"sizeBytes\" : 0|\"sizeBytes\" : 512|7|too small",
                "\"mountOptions\" : \"\"|\"mountOptions\" : \"nonsense\"|10|nonsense",
                "1000: creat|1000: kreat|14|there is no operation",
                "1000: creat|10: creat|14|process 1 has the step numbers from 1000",
                "\"zero\"|\"one\"|17|is no base of choices",
                "\"schedule\" : [ ]|\"schedule\" : [ \"x\" ]|19|is no choice",
                "\"schedule\" : [ ]|\"schedule\" : [ \"x#0=99999999999\" ]|19|is no choice",
                "\"schedule\" : [ ]|\"schedule\" : [ \"x#-1=1\" ]|19|is no choice",
                "\"schedule\" : [ ]|\"schedule\" : [ \"x#0=1\", \"x#0=1\" ]|19|stands here twice",
                "\"schedule\" : [ ]|\"schedule\" : \"x#0=1\"|19|a list in brackets",
                "\"overrides\" : [ ]|\"overrides\" : [ 5 ]|18|a text in quotes",
                "1000: creat /a 0644|1000: readlink /a|14|'readlink /a' cannot be used by several processes",
                "1000: creat /a 0644|1000: open 6 /a|14|'open 6 /a': of several processes each has the slots 0 to 5",
                "1000: creat /a 0644|9000: sync|14|and so up to process 8",
                "\"kind\" : \"deadlock\"|\"kind\" : \"\"|22|this must not be empty",
                "\"trace\" : \"0000000000000000\"|\"trace\" : \"00\"|25|a hash of 16 hexadecimal digits",
                "\"steps\" : [ ]|\"stepz\" : [ ]|26|there is no field 'stepz'",
                "\"steps\" : [ ]|\"steps\" : [ ], \"cut\" : { \"position\" : 1 }|26|so the power never fails; leave 'cut' out",
                "\"steps\" : [ ]|\"steps\" : [ ], \"passesWithoutDefect\" : true|26|there is no defect to do without",
            })
    void scheduleThatIsWrongIsRefusedWithItsLine(String right, String wrong, int line, String words)
            throws IOException {
        assertTrue(schedule.contains(right), schedule);
        assertAllRefused(READERS.subList(0, 5), file("case.json", schedule.replace(right, wrong)), line, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\": 1|\"version\": 2|3|version 2 is of a later Powercut",
                "\"target\": \"ext2\"|\"target\": \"ext9\"|6|unknown target 'ext9'",
                "\"states\": 60000|\"states\": -1|6|'states' is -1",
                "\"states\": 60000|\"stades\": 1|6|'stades'",
                "\"size\": \"256K\"|\"size\": \"90000T\"|9|too large to be simulated",
                "\"size\": \"256K\"|\"size\": \"99999999999999999999G\"|9|99999999999999999999G",
                "\"crash\": \"torn\"|\"crash\": \"thorn\"|14|unknown crash model 'thorn'",
            })
    void planThatIsWrongIsRefusedWithItsLine(String right, String wrong, int line, String words) throws IOException {
        assertTrue(plan.contains(right), plan);
        Path file = file("plan.json", plan.replace(right, wrong).replace("\"cases\": \".\",\n", "\n"));

        assertAllRefused(List.of("gate --config FILE"), file, line, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "creat /a 0644\\nfrobnicate /a|2|there is no operation 'frobnicate'",
                "write /a 99999999999999999999999 1|1|is not an offset or size",
                "write /a 0 8G|1|is too large for a length",
                "creat \"/a\\u0000b\" 0644|1|a path cannot hold a zero byte",
                "creat \"/a 0644|1|a quote is not closed",
                "sync\\n5: sync\\n3: sync|3|step 3 does not come after step 5",
                "99999999999: sync|1|is too large for a step number",
                "start\\nstart|2|there is a second 'start'",
                "# nothing\\n|1|no operation",
                "creat /a 0644\\nstart|2|no operation",
            })
    void scriptThatIsWrongIsRefusedWithItsLine(String text, int line, String words) throws IOException {
        Path file = file("script", text.replace("\\n", "\n").replace("\\u0000", "\0"));
        assertAllRefused(READERS.subList(7, 9), file, line, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "creat /a 0644\\nstart\\nsync|3|process 1 has the step numbers from 1000",
                "sync|1|process 1 has the step numbers from 1000",
                "mkdir /d 0755\\nstart\\n1000: creat /d/a 0644\\n\\n2000: symlink /x  /y # odd\\n2001: sync"
                        + "|5|'2000: symlink /x  /y': 'symlink /x /y' cannot be used by several processes at once",
                "start\\n1000: sync\\n1001: open 6 /a|3|'open 6 /a': of several processes each has the slots 0 to 5",
                "start\\n1000: sync\\n9000: sync\\n9001: sync|3|'9000: sync': process 1 has the step numbers from 1000 on",
                "start|1|no operation of a process",
                "mkdir /d 0755\\nstart\\n# none\\n|3|no operation of a process",
            })
    void scriptOfSeveralProcessesThatIsNoneIsRefusedWithItsLine(String text, int line, String words)
            throws IOException {
        Path file = file("script", text.replace("\\n", "\n"));
        assertAllRefused(READERS.subList(8, 9), file, line, words);
    }

    @Test
    void whatIsNoScriptIsToldInOneClearMessage() {
        for (String run : List.of("run --target ext2", "run --target ext2 --processes 2")) {
            Outcome none = Outcome.powercut(run + " --workload script: --out " + folder.resolve("out"));
            assertEquals(2, none.exitCode, none.out);
            assertEquals("powercut run: the workload 'script:' names no file; write 'script:FILE'", none.err.strip());
            Outcome whole = Outcome.powercut(run + " --workload script:" + folder + " --out " + folder.resolve("out"));
            assertEquals(2, whole.exitCode, whole.out);
            assertEquals(
                    "powercut run: the script " + folder + " is a folder; give the file itself", whole.err.strip());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--processes 2 --operations 200|--operations 200 is not from 0 to 60, which is for each process",
                "--processes 2 --workers 0|--workers 0 is not at least 1",
                "--processes 2 --minimize -5|--minimize -5 is negative",
                "--processes 2 --export ex|--export does not go with --processes",
                "--workload ace --length 1 --export ex|--export does not go with --workload ace",
                "--crash torn+garbage+garbage|crash model torn+garbage+garbage: garbage stands there twice",
            })
    void anOptionThatWouldDoNothingIsRefused(String options, String words) {
        Outcome refused = Outcome.powercut("run --target ext2 " + options + " --out " + folder.resolve("out"));
        assertEquals(2, refused.exitCode, refused.out);
        assertTrue(refused.err.startsWith("powercut run: " + words), refused.err);
    }

    @Test
    void logsAndImagesThatAreNoneAreRefused() throws IOException {
        Path image = file("image", new byte[1 << 20]);
        for (byte[] bytes :
                List.of(new byte[0], new byte[100], new byte[4096], "not a log".getBytes(StandardCharsets.UTF_8))) {
            Path log = file("log", bytes);
            assertRefused("replay-log --base " + image + " --log FILE", log, "");
        }
        assertRefused("ls --image FILE /", image, "");
        assertRefused("ls --image FILE /", file("odd", new byte[100]), "");
        assertRefused("fsck --type ext2 -n FILE", file("empty", new byte[0]), "");
        assertRefused("replay-log --base FILE --log FILE", file("no.gz", new byte[4096]), "gz");
    }
}
