package dev.powercut.check.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.check.model.Model;
import dev.powercut.check.promises.Violation.Kind;
import dev.powercut.check.tree.FileContents;
import dev.powercut.kernel.vfs.Mode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkPromisesTest {

    private final MarkPromises marks = new MarkPromises();
    private final TestTree tree = TestTree.of(Model.empty().observed(Model.ROOT, 2, 0));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha(String text) {
        return FileContents.of(bytes(text)).sha256();
    }

    private TestTree.File file(String path, String text) {
        TestTree.File file = new TestTree.File();
        file.inode = 100 + tree.root.entries.size();
        file.mode = Mode.REGULAR | 0644;
        file.data = bytes(text);
        tree.put(path, file);
        return file;
    }

    private void directory(String path) {
        TestTree.File file = new TestTree.File();
        file.mode = Mode.DIRECTORY | 0755;
        tree.put(path, file);
    }

    private List<Kind> at(int position) {
        return marks.build().newJudge().judge(tree.build(), position).stream()
                .map(Violation::kind)
                .toList();
    }

    @Test
    void nothingIsJudgedThatNoMarkSpeaksOf() {
        file("/other", "whatever");
        directory("/dir");
        assertEquals(List.of(), at(100));
        marks.at(5).promiseAbsent("x");
        assertEquals(List.of(), at(100));
    }

    @Test
    void fileHasItsContentFromTheMarkOn() {
        marks.at(10).begin("f").at(20).promiseFile("f", sha("new"));
        assertEquals(List.of(), at(20), "the mark itself is not before the cut");
        assertEquals(List.of(Kind.LOST_ENTRY), at(21));
        file("/f", "old");
        assertEquals(List.of(Kind.WRONG_CONTENT), at(21));
        file("/f", "new");
        assertEquals(List.of(), at(21));
    }

    @Test
    void beginEndsThePromiseUntilTheNextOne() {
        marks.at(1).promiseFile("f", sha("one")).at(5).begin("f").at(9).promiseFile("f", sha("two"));
        file("/f", "one");
        assertEquals(List.of(), at(5));
        assertEquals(List.of(), at(7));
        assertEquals(List.of(Kind.LOST_DATA), at(10));
        file("/f", "in between");
        assertEquals(List.of(Kind.WRONG_CONTENT), at(5));
        assertEquals(List.of(), at(7));
        assertEquals(List.of(Kind.WRONG_CONTENT), at(10));
    }

    @Test
    void contentAloneDoesNotPromiseTheName() {
        marks.at(1).promiseContent("f", sha("synced"));
        assertEquals(List.of(), at(2));
        file("/f", "synced");
        assertEquals(List.of(), at(2));
        file("/f", "sync");
        assertEquals(List.of(Kind.WRONG_CONTENT), at(2));
    }

    @Test
    void atomicReplacementIsOldOrNewAndWhole() {
        marks.at(1).promiseFile("f", sha("old")).at(3).promiseOneOf("f", sha("old"), sha("new"));
        file("/f", "old");
        assertEquals(List.of(), at(4));
        file("/f", "new");
        assertEquals(List.of(), at(4));
        file("/f", "ne");
        assertEquals(List.of(Kind.WRONG_CONTENT), at(4));
        tree.remove("/f");
        assertEquals(List.of(Kind.LOST_ENTRY), at(4));
    }

    @Test
    void removalIsPromised() {
        marks.at(1).promiseFile("f", sha("x")).at(3).begin("f").at(5).promiseAbsent("f");
        file("/f", "x");
        assertEquals(List.of(), at(4));
        assertEquals(List.of(Kind.RESURRECTED_ENTRY), at(6));
    }

    @Test
    void ancestorsOfAPromisedFileArePromised() {
        marks.at(1).promiseFile("d/e/f", sha("x"));
        assertEquals(List.of(Kind.LOST_ENTRY), at(2));
        directory("/d");
        assertEquals(List.of(Kind.LOST_ENTRY), at(2));
        directory("/d/e");
        file("/d/e/f", "x");
        assertEquals(List.of(), at(2));
        file("/d", "no directory");
        assertEquals(List.of(Kind.WRONG_TYPE), at(2));
    }

    @Test
    void whatIsBelowAPathThatIsAboutToChangeIsNotPromisedAnyMore() {
        marks.at(1)
                .promiseFile("d/f", sha("x"))
                .at(2)
                .begin("d", "e")
                .at(3)
                .promiseDirectory("e")
                .promiseAbsent("d");
        directory("/e");
        assertEquals(List.of(), at(4));
        marks.at(5).promiseDirectory("d");
        directory("/d");
        assertEquals(List.of(), at(6));
    }

    @Test
    void directoriesAndLinksAreOfTheirType() {
        marks.at(1).promiseDirectory("d").promiseSymlink("l", "target");
        directory("/d");
        TestTree.File link = new TestTree.File();
        link.mode = Mode.SYMLINK | 0777;
        link.target = "target";
        tree.put("/l", link);
        assertEquals(List.of(), at(2));
        link.target = "else";
        assertEquals(List.of(Kind.WRONG_TARGET), at(2));
        tree.put("/d", link);
        assertEquals(List.of(Kind.WRONG_TYPE, Kind.WRONG_TARGET), at(2));
    }

    @Test
    void namesOfOneFileArePromisedEach() {
        marks.at(1).promiseFile("a", sha("x")).promiseFile("b", sha("x"));
        tree.put("/b", file("/a", "x"));
        assertEquals(List.of(), at(2));
    }

    @Test
    void violationNamesTheMark() {
        marks.at(17).promiseFile("f", sha("x"));
        Violation violation = marks.build().newJudge().judge(tree.build(), 18).getFirst();
        assertEquals("promised by the mark at 17 (file f with " + sha("x") + ")", violation.promise());
        assertEquals("/f", violation.path());
    }

    @Test
    void marksComeInOrder() {
        marks.at(5);
        assertThrows(IllegalArgumentException.class, () -> marks.at(4));
        assertThrows(IllegalStateException.class, () -> new MarkPromises().begin("x"));
    }
}
