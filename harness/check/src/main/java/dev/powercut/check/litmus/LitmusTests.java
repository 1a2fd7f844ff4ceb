package dev.powercut.check.litmus;

import dev.powercut.check.litmus.LitmusTest.Outcome;
import dev.powercut.check.workload.ScriptWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The litmus tests there are. Numbers in the outcomes are those of the steps that wrote the data. */
public final class LitmusTests {

    private static final Predicate<RecoveredTree> ELSE = tree -> true;

    private LitmusTests() {}

    public static List<LitmusTest> all() {
        List<LitmusTest> all = new ArrayList<>(ofOneFile());
        all.addAll(ofReplacing());
        all.addAll(ofNamesAndTwoFiles());
        return List.copyOf(all);
    }

    private static List<LitmusTest> ofOneFile() {
        return List.of(
                test(
                        "append",
                        "Is data appended to a file there as a whole, in part, or is there something else?",
                        "creat /f 0644; write /f 0 512; start; write /f 512 1024; sync",
                        outcome("old", tree -> tree.holds("/f", 1, 0, 512)),
                        outcome("new", tree -> tree.isWritten("/f", 1, 0, 512) && tree.holds("/f", 2, 512, 1536)),
                        outcome(
                                "a first part of the new",
                                tree -> tree.isWritten("/f", 1, 0, 512) && tree.holds("/f", 2, 512, 1024)),
                        outcome("longer without the data", ELSE)),
                test(
                        "overwrite",
                        "Is an overwrite of several sectors atomic?",
                        "creat /f 0644; write /f 0 1024; start; write /f 0 1024; sync",
                        outcome("old", tree -> tree.holds("/f", 1, 0, 1024)),
                        outcome("new", tree -> tree.holds("/f", 2, 0, 1024)),
                        outcome("some sectors old, some new", tree -> tree.isMixOf("/f", 1, 2, 1024)),
                        outcome("something else", ELSE)),
                test(
                        "prefix-append",
                        "Are two appends there in their order?",
                        "creat /f 0644; start; write /f 0 512; write /f 512 512; sync",
                        outcome("neither", tree -> tree.size("/f") == 0),
                        outcome("the first", tree -> tree.holds("/f", 1, 0, 512)),
                        outcome("both", tree -> tree.isWritten("/f", 1, 0, 512) && tree.holds("/f", 2, 512, 1024)),
                        outcome("the second without the first", tree -> tree.holds("/f", 2, 512, 1024)),
                        outcome("longer without the data", ELSE)));
    }

    private static List<LitmusTest> ofReplacing() {
        return List.of(
                test(
                        "create-rename",
                        "Atomic replace through rename, without fsync: is the file old or new?",
                        "creat /f 0644; write /f 0 512; start; creat /t 0644; write /t 0 1024; rename /t /f; sync",
                        outcome("old", tree -> tree.holds("/f", 1, 0, 512)),
                        outcome("new", tree -> tree.holds("/f", 3, 0, 1024)),
                        outcome("empty or short", tree -> tree.has("/f")),
                        outcome("missing", ELSE)),
                test(
                        "create-fsync-rename",
                        "The same with fsync of the new file before the rename.",
                        "creat /f 0644; write /f 0 512; start; creat /t 0644; write /t 0 1024; fsync /t; rename /t /f; sync",
                        outcome("old", tree -> tree.holds("/f", 1, 0, 512)),
                        outcome("new", tree -> tree.holds("/f", 3, 0, 1024)),
                        outcome("empty or short", tree -> tree.has("/f")),
                        outcome("missing", ELSE)),
                done(
                        "replace-durable",
                        "After fsync of the new file, rename, and fsync of the directory: is it the new one?",
                        "creat /f 0644; write /f 0 512; start; creat /t 0644; write /t 0 1024; fsync /t; rename /t /f; fsync /",
                        outcome("new", tree -> tree.holds("/f", 3, 0, 1024)),
                        outcome("old", tree -> tree.holds("/f", 1, 0, 512)),
                        outcome("empty or short", tree -> tree.has("/f")),
                        outcome("missing", ELSE)),
                test(
                        "replace-truncate",
                        "Replace through truncation: is the old content gone before the new is there?",
                        "creat /f 0644; write /f 0 512; start; creat /f 0644; write /f 0 1024; sync",
                        outcome("old", tree -> tree.holds("/f", 1, 0, 512)),
                        outcome("new", tree -> tree.holds("/f", 3, 0, 1024)),
                        outcome("empty", tree -> tree.size("/f") == 0),
                        outcome("a first part of the new", tree -> tree.holds("/f", 3, 0, 512)),
                        outcome("something else", ELSE)));
    }

    private static List<LitmusTest> ofNamesAndTwoFiles() {
        return List.of(
                done(
                        "fsync-file",
                        "After fsync of a new file alone: is it there under its name?",
                        "creat /x 0644; start; creat /f 0644; write /f 0 1024; fsync /f",
                        outcome("there", tree -> tree.holds("/f", 2, 0, 1024)),
                        outcome("no such name", tree -> !tree.has("/f")),
                        outcome("there, empty or short", ELSE)),
                done(
                        "fsync-directory",
                        "After fsync of a new file and of its directory: is it there?",
                        "creat /x 0644; start; creat /f 0644; write /f 0 1024; fsync /f; fsync /",
                        outcome("there", tree -> tree.holds("/f", 2, 0, 1024)),
                        outcome("no such name", tree -> !tree.has("/f")),
                        outcome("there, empty or short", ELSE)),
                test(
                        "two-files-data",
                        "Overwrites of two files: are they there in their order?",
                        "creat /a 0644; write /a 0 512; creat /b 0644; write /b 0 512; start;"
                                + " write /a 0 512; write /b 0 512; sync",
                        outcome("neither", tree -> tree.holds("/a", 1, 0, 512) && tree.holds("/b", 3, 0, 512)),
                        outcome("the first", tree -> tree.holds("/a", 4, 0, 512) && tree.holds("/b", 3, 0, 512)),
                        outcome("both", tree -> tree.holds("/a", 4, 0, 512) && tree.holds("/b", 5, 0, 512)),
                        outcome("the second alone", tree -> tree.holds("/a", 1, 0, 512) && tree.holds("/b", 5, 0, 512)),
                        outcome("something else", ELSE)),
                test(
                        "two-creates",
                        "Names made one after the other in two directories: are they there in their order?",
                        "mkdir /a 0755; mkdir /b 0755; start; creat /a/f 0644; creat /b/f 0644; sync",
                        outcome("neither", tree -> !tree.has("/a/f") && !tree.has("/b/f")),
                        outcome("the first", tree -> tree.has("/a/f") && !tree.has("/b/f")),
                        outcome("both", tree -> tree.has("/a/f") && tree.has("/b/f")),
                        outcome("the second alone", ELSE)),
                test(
                        "rename-directories",
                        "A rename from one directory to another: is there one name, or none, or two?",
                        "mkdir /a 0755; mkdir /b 0755; creat /a/f 0644; start; rename /a/f /b/f; sync",
                        outcome("old name", tree -> tree.has("/a/f") && !tree.has("/b/f")),
                        outcome("new name", tree -> !tree.has("/a/f") && tree.has("/b/f")),
                        outcome("both names", tree -> tree.has("/a/f") && tree.has("/b/f")),
                        outcome("no name", ELSE)));
    }

    private static LitmusTest test(String name, String question, String script, Outcome... outcomes) {
        return new LitmusTest(name, question, parse(name, script), false, List.of(outcomes));
    }

    private static LitmusTest done(String name, String question, String script, Outcome... outcomes) {
        return new LitmusTest(name, question, parse(name, script), true, List.of(outcomes));
    }

    private static ScriptWorkload parse(String name, String script) {
        return ScriptWorkload.parse("litmus:" + name, script.replace(";", "\n"));
    }

    private static Outcome outcome(String words, Predicate<RecoveredTree> fits) {
        return new Outcome(words, fits);
    }
}
