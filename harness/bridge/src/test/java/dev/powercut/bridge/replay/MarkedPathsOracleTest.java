package dev.powercut.bridge.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.bridge.logwrites.RecordedMark;
import dev.powercut.check.tree.FileContents;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkedPathsOracleTest {

    private static final String FLUSH = "(flush)";
    private static final String ONE = hash("one");
    private static final String TWO = hash("two");
    private static final Node.Directory EMPTY = Trees.tree(Map.of());

    private static String hash(String text) {
        return FileContents.of(Trees.text(text)).sha256();
    }

    /** What is wrong with a tree when all of these marks had been written. */
    private static List<String> judge(Node.Directory root, String... marks) {
        WriteLog log = new WriteLog(DiskImage.blank(8));
        for (int i = 0; i < marks.length; i++) {
            log.add(
                    marks[i].equals(FLUSH)
                            ? new LogEntry.Flush(i, new Cause(new BlockKind("flush"), new Trigger.Recorded()))
                            : new LogEntry.Mark(i, new RecordedMark(marks[i])));
        }
        return MarkedPathsOracle.of(log).judge(root, marks.length);
    }

    private static void assertRight(Node.Directory root, String... marks) {
        assertEquals(List.of(), judge(root, marks));
    }

    private static void assertBroken(String path, Node.Directory root, String... marks) {
        List<String> sentences = judge(root, marks);
        assertEquals(1, sentences.size(), sentences.toString());
        assertTrue(sentences.getFirst().startsWith(path + ": "), sentences.getFirst());
    }

    private static Node.Directory file(String path, String text) {
        return Trees.tree(Map.of(path, Trees.text(text)));
    }

    @Test
    void ackedFileMustBeThereWithItsContent() {
        assertRight(file("f", "one"), "acked:f:" + ONE);
        assertBroken("/f", file("f", "two"), "acked:f:" + ONE);
        assertBroken("/f", EMPTY, "acked:f:" + ONE);
        assertBroken("/f", file("f", "two"), "acked:f:" + ONE, "begin:overwrite:f", "fdatasynced:f:" + ONE);
    }

    @Test
    void syncedFileNeedsItsContentButNotYetItsName() {
        assertRight(file("f", "one"), "fsynced:f:" + ONE);
        assertRight(EMPTY, "fsynced:f:" + ONE);
        assertBroken("/f", file("f", "two"), "fsynced:f:" + ONE);
    }

    @Test
    void fileInAFolderNeedsTheFolderToo() {
        assertRight(file("d/f", "one"), "acked:d/f:" + ONE);
        assertBroken("/d", EMPTY, "acked:d/f:" + ONE);
        assertBroken("/d", file("d", "one"), "acked:d/f:" + ONE);
    }

    @Test
    void goneMeansThatNothingIsThere() {
        assertRight(EMPTY, "acked:f:" + ONE, "begin:unlink:f", "gone:f");
        assertBroken("/f", file("f", "one"), "acked:f:" + ONE, "begin:unlink:f", "gone:f");
    }

    @Test
    void anythingIsRightOnceAPathIsAboutToChange() {
        for (Node.Directory root : List.of(EMPTY, file("f", "one"), file("f", "something else"))) {
            assertRight(root, "acked:f:" + ONE, "begin:append:f");
            assertRight(root, "acked:f:" + ONE, "begin:rename:f:g");
            assertRight(root, "acked:f:" + ONE, "begin:rename:g:f");
        }
        assertBroken("/f", EMPTY, "acked:f:" + ONE, "begin:append:g");
    }

    @Test
    void atomicReplacementLeavesOldOrNew() {
        String begin = "begin:atomic:f:" + ONE + ":" + TWO;
        assertRight(file("f", "one"), "acked:f:" + ONE, begin);
        assertRight(file("f", "two"), "acked:f:" + ONE, begin);
        assertBroken("/f", file("f", "tw"), "acked:f:" + ONE, begin);
        assertBroken("/f", EMPTY, "acked:f:" + ONE, begin);
        assertBroken("/f", file("f", "one"), "acked:f:" + ONE, begin, "acked:f:" + TWO);
    }

    @Test
    void directoryCountsFromTheNextFlushOn() {
        assertRight(EMPTY, FLUSH, "dir:d");
        assertBroken("/d", EMPTY, "dir:d", FLUSH);
        assertRight(EMPTY, "dir:d", "begin:rmdir:d", FLUSH);
        assertRight(file("d/f", "one"), "dir:d", FLUSH);
    }

    @Test
    void pathsThatNoMarkSpeaksOfAndSymbolicLinksAreNotJudged() {
        assertRight(file("other", "text"), "symlink:s:target", "mounted", "workload-end", "acked:too:many:parts");
        WriteLog log = Trees.marks("symlink:s:target", "gone:g");
        assertEquals(
                "1 marks about paths (1 about symbolic links not judged: they cannot be synced)",
                MarkedPathsOracle.of(log).summary());
        assertEquals(
                TreeOracle.NOTHING, MarkedPathsOracle.of(Trees.marks("mounted")).epoch(1));
    }
}
