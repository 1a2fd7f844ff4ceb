package dev.powercut.check.promises;

import static dev.powercut.check.promises.Scenario.CAREFUL;
import static dev.powercut.check.promises.Scenario.IN_ORDER;
import static dev.powercut.check.promises.Scenario.NOTHING;
import static dev.powercut.check.promises.Scenario.after;
import static dev.powercut.check.promises.Scenario.during;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.promises.Violation.Kind;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.WrittenData;
import dev.powercut.kernel.vfs.Mode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each rule with a tree that keeps it and one that breaks it. */
class PromiseJudgeTest {

    private static void legal(Scenario scenario, TestTree tree, int position) {
        assertEquals(List.of(), scenario.judge(tree, position));
    }

    private static Violation only(Scenario scenario, Kind kind, TestTree tree, int position) {
        List<Violation> violations = scenario.judge(tree, position);
        assertEquals(List.of(kind), violations.stream().map(Violation::kind).toList(), violations::toString);
        return violations.getFirst();
    }

    @Nested
    class Entries {
        private final Scenario scenario =
                Scenario.of(NOTHING, "creat /a 644", "fsync /a", "fsync /", "unlink /a", "fsync /");

        @Test
        void nameMayBeThereFromTheBeginningOfItsOperationOn() {
            legal(scenario, scenario.tree(0), during(0));
            legal(scenario, scenario.tree(-1), during(0));
            only(
                    scenario,
                    Kind.UNKNOWN_ENTRY,
                    scenario.tree(0).put("/b", scenario.tree(0).at("/a")),
                    during(0));
        }

        @Test
        void fsyncOfFileDoesNotPromiseItsName() {
            legal(scenario, scenario.tree(-1), after(1));
        }

        @Test
        void fsyncOfDirectoryPromisesItsNames() {
            Violation lost = only(scenario, Kind.LOST_ENTRY, scenario.tree(-1), after(2));
            assertEquals("/a", lost.path());
            assertEquals("promised by 2: fsync /", lost.promise());
            assertEquals(List.of(0, 2), lost.operations());
            legal(scenario, scenario.tree(0), after(2));
        }

        @Test
        void promiseHoldsWhenTheCallHasReturnedAndNotBefore() {
            legal(scenario, scenario.tree(-1), during(2));
        }

        @Test
        void removalMayBeFoundOrNotUntilItIsPromised() {
            legal(scenario, scenario.tree(2), after(3));
            legal(scenario, scenario.tree(3), after(3));
            only(scenario, Kind.RESURRECTED_ENTRY, scenario.tree(2), after(4));
        }

        @Test
        void nameOfOneFileDoesNotStandForAnother() {
            Scenario two = Scenario.of(NOTHING, "creat /a 644", "creat /b 644", "sync");
            TestTree crossed = two.tree(2);
            crossed.put("/a", crossed.at("/b"));
            only(two, Kind.WRONG_INODE, crossed, after(2));
        }

        @Test
        void nameThatWasReplacedAndPromisedIsNotTheOldOneAgain() {
            Scenario replaced = Scenario.of(NOTHING, "creat /a 644", "creat /b 644", "rename /b /a", "fsync /");
            TestTree stale = replaced.tree(2);
            stale.put("/a", replaced.tree(1).at("/a"));
            only(replaced, Kind.STALE_ENTRY, stale, after(3));
            stale.put("/b", replaced.tree(1).at("/b"));
            legal(replaced, stale, after(2));
        }

        @Test
        void nothingIsJudgedBelowWhatIsLegallyAbsent() {
            Scenario deep = Scenario.of(NOTHING, "mkdir /d 755", "creat /d/a 644", "fsync /d/a", "fsync /d");
            legal(deep, deep.tree(-1), after(3));
            only(deep, Kind.LOST_ENTRY, deep.tree(0), after(3));
        }

        @Test
        void typeIsTheOneThatTheFileWasMadeWith() {
            TestTree tree = scenario.tree(0);
            tree.at("/a").mode = Mode.DIRECTORY | 0755;
            only(scenario, Kind.WRONG_TYPE, tree, after(0));
        }

        @Test
        void lostAndFoundAtTheRootIsNotJudged() {
            TestTree tree = scenario.tree(0);
            TestTree.File directory = new TestTree.File();
            directory.mode = Mode.DIRECTORY | 0700;
            tree.put("/lost+found", directory)
                    .put("/lost+found/#12", scenario.tree(0).at("/a"));
            legal(scenario, tree, after(0));
            legal(scenario, tree.remove("/a"), after(0));
            only(scenario, Kind.LOST_ENTRY, tree, after(2));
        }

        @Test
        void linkedNamesStandForOneFile() {
            Scenario linked = Scenario.of(
                    NOTHING, "creat /a 644", "link /a /b", "link /a /c", "unlink /c", "creat /c 644", "sync");
            legal(linked, linked.tree(5), after(5));
            TestTree.File c = linked.tree(4).at("/c");
            legal(linked, linked.tree(3), after(3));
            TestTree both = linked.tree(5);
            both.at("/c").inode = both.at("/a").inode;
            both.put("/c", both.at("/a"));
            only(linked, Kind.STALE_ENTRY, both, after(5));
            assertEquals(0, c.data.length);
        }

        @Test
        void twoNamesThatWereNeverOneFileAreNotOneNow() {
            Scenario reused =
                    Scenario.withReusedInodes(NOTHING, "creat /a 644", "unlink /a", "creat /b 644", "sync", "stat /");
            TestTree both = reused.tree(2);
            both.put("/a", both.at("/b"));
            List<Violation> violations = reused.judge(both, during(2));
            assertEquals(
                    List.of(Kind.WRONG_INODE),
                    violations.stream().map(Violation::kind).toList(),
                    violations::toString);
        }
    }

    @Nested
    class ReusedInodes {
        private final Scenario scenario = Scenario.withReusedInodes(
                NOTHING, "creat /a 644", "write /a 0 600", "unlink /a", "creat /a 600", "write /a 0 700");

        @Test
        void anyFileThatHadTheNumberWillDo() {
            legal(scenario, scenario.tree(1), after(4));
            legal(scenario, scenario.tree(3), after(4));
            legal(scenario, scenario.tree(4), after(4));
        }

        @Test
        void butNotAMixtureOfTwo() {
            TestTree mixed = scenario.tree(4);
            mixed.at("/a").mode = scenario.tree(1).at("/a").mode;
            only(scenario, Kind.WRONG_ATTRIBUTES, mixed, after(4));
            TestTree stale = scenario.tree(4);
            stale.overwrite("/a", 0, scenario.tree(1).at("/a").data);
            only(scenario, Kind.FOREIGN_DATA, stale, after(4));
        }

        @Test
        void directoriesAreTriedWithAllBelow() {
            Scenario directories = Scenario.withReusedInodes(
                    CAREFUL,
                    "mkdir /d 755",
                    "creat /d/a 644",
                    "unlink /d/a",
                    "rmdir /d",
                    "mkdir /d 755",
                    "creat /d/b 644");
            legal(directories, directories.tree(1), after(5));
            legal(directories, directories.tree(5), after(5));
            TestTree both = directories.tree(5);
            both.put("/d/a", directories.tree(1).at("/d/a"));
            both.at("/d/a").inode = 99;
            assertTrue(!directories.judge(both, after(5)).isEmpty());
        }
    }

    @Nested
    class Attributes {
        private final Scenario scenario = Scenario.of(
                NOTHING,
                "creat /a 644",
                "chmod /a 600",
                "chown /a 1 2",
                "fdatasync /a",
                "stat /",
                "fsync /a",
                "utimens /a 5.9",
                "stat /");

        @Test
        void eachIsOneOfItsVersions() {
            legal(scenario, scenario.tree(0), after(3));
            legal(scenario, scenario.tree(2), after(3));
            TestTree tree = scenario.tree(2);
            tree.at("/a").mode = Mode.REGULAR | 0777;
            Violation violation = only(scenario, Kind.WRONG_ATTRIBUTES, tree, after(3));
            assertEquals(
                    List.of("mode 0644 (by 0: creat /a 0644)", "mode 0600 (by 1: chmod /a 0600)"),
                    violation.expected());
            assertEquals("mode 0777", violation.found());
        }

        @Test
        void fdatasyncDoesNotPromiseThemAndFsyncDoes() {
            legal(scenario, scenario.tree(0), after(4));
            assertEquals(
                    List.of(Kind.WRONG_ATTRIBUTES, Kind.WRONG_ATTRIBUTES), scenario.kinds(scenario.tree(0), after(5)));
        }

        @Test
        void timesAreComparedAsTheFilesystemStoresThem() {
            TestTree tree = scenario.tree(6);
            tree.at("/a").modifiedNanos = 5_000_000_000L;
            legal(scenario, tree, after(7));
            tree.at("/a").modifiedNanos = 6_000_000_000L;
            only(scenario, Kind.WRONG_ATTRIBUTES, tree, after(7));
        }

        @Test
        void timeOfADirectoryIsThatOfAChangeOfItsNames() {
            Scenario slow = Scenario.of(NOTHING, "creat /a 644", "sleep 2s", "creat /b 644", "fsync /");
            TestTree tree = slow.tree(2);
            tree.root.modifiedNanos = 1_000_000_000_000L;
            legal(slow, tree, after(2));
            only(slow, Kind.WRONG_ATTRIBUTES, tree, after(3));
            tree.root.modifiedNanos = 1_001_000_000_000L;
            only(slow, Kind.WRONG_ATTRIBUTES, tree, after(2));
        }

        @Test
        void ofTheRootAreJudgedToo() {
            TestTree tree = scenario.tree(0);
            tree.root.mode = Mode.DIRECTORY | 0700;
            assertEquals(
                    "/", only(scenario, Kind.WRONG_ATTRIBUTES, tree, after(0)).path());
        }

        @Test
        void targetOfSymbolicLinkIsTheOneItWasMadeWith() {
            Scenario link = Scenario.of(NOTHING, "symlink target /l");
            legal(link, link.tree(0), after(0));
            TestTree tree = link.tree(0);
            tree.at("/l").target = "tar";
            only(link, Kind.WRONG_TARGET, tree, after(0));
        }
    }

    @Nested
    class Data {
        private final Scenario scenario = Scenario.of(
                NOTHING,
                "creat /a 644",
                "write /a 0 1024",
                "fdatasync /a",
                "write /a 0 512",
                "write /a 512 512",
                "creat /b 644",
                "write /b 0 1024",
                "sync");

        @Test
        void chunksMayBeOfAnyVersionSinceTheLastPromise() {
            TestTree tree = scenario.tree(4).overwrite("/a", 0, first512(scenario.tree(1)));
            legal(scenario, tree, after(4));
            legal(scenario, scenario.tree(1), after(4));
            legal(scenario, scenario.tree(3), after(4));
        }

        @Test
        void olderThanPromisedIsLost() {
            TestTree tree = scenario.tree(7).overwrite("/a", 0, first512(scenario.tree(1)));
            Violation lost = only(scenario, Kind.LOST_DATA, tree, after(7));
            assertEquals("promised by 7: sync", lost.promise());
            assertTrue(lost.found().contains("1: write /a 0 1024"), lost::found);
        }

        @Test
        void zeroesAreLegalWhereALegalVersionHasThem() {
            legal(scenario, scenario.tree(1).zero("/a", 512, 1024), after(1));
            only(scenario, Kind.STALE_ZEROES, scenario.tree(1).zero("/a", 512, 1024), after(2));
        }

        @Test
        void dataOfAnotherFileAreNamed() {
            TestTree tree = scenario.tree(7);
            tree.overwrite("/a", 512, first512of("/b", tree));
            Violation foreign = only(scenario, Kind.FOREIGN_DATA, tree, after(7));
            assertTrue(
                    foreign.found().contains("data that 6: write /b 0 1024 wrote at byte 0 of another file"),
                    foreign::found);
            assertTrue(
                    foreign.operations().contains(6), () -> foreign.operations().toString());
        }

        @Test
        void dataOfAnotherPlaceAreNamed() {
            TestTree tree = scenario.tree(7);
            byte[] second = java.util.Arrays.copyOfRange(tree.at("/b").data, 512, 1024);
            tree.overwrite("/b", 0, second);
            Violation foreign = only(scenario, Kind.FOREIGN_DATA, tree, after(7));
            assertTrue(foreign.found().contains("wrote at byte 512"), foreign::found);
        }

        @Test
        void mixtureOfVersionsInOneSectorIsNoVersion() {
            TestTree tree = scenario.tree(4);
            tree.overwrite("/a", 0, java.util.Arrays.copyOf(scenario.tree(1).at("/a").data, 100));
            only(scenario, Kind.MIXED_DATA, tree, after(4));
        }

        @Test
        void whatNobodyWroteIsGarbage() {
            TestTree tree = scenario.tree(4).overwrite("/a", 600, new byte[] {1, 2, 3});
            only(scenario, Kind.GARBAGE, tree, after(4));
        }

        @Test
        void holesAreZero() {
            Scenario sparse = Scenario.of(NOTHING, "creat /a 644", "write /a 5000 100", "sync");
            legal(sparse, sparse.tree(2), after(2));
            byte[] data = new byte[512];
            WrittenData.fill(77, 0, data, 0, 512);
            only(sparse, Kind.GARBAGE, sparse.tree(2).overwrite("/a", 1024, data), after(2));
        }

        @Test
        void truncatedDataDoNotComeBackAfterAPromise() {
            Scenario shrunk = Scenario.of(
                    NOTHING, "creat /a 644", "write /a 0 1000", "truncate /a 100", "truncate /a 1000", "fsync /a");
            legal(shrunk, shrunk.tree(1), after(3));
            only(shrunk, Kind.LOST_DATA, dataOf(shrunk.tree(4), shrunk.tree(1)), after(4));
        }

        /** Name and inode number tell nothing: of the two files that it may be, one explains it but for what is declared. */
        @Test
        void staleDataAreThoseOfTheFileThatExplainsTheRest() {
            Guarantees stale = new Guarantees(false, true, false, true, true, 1_000_000_000L, List.of());
            Scenario reused =
                    Scenario.withReusedInodes(stale, "creat /a 644", "write /a 0 1000", "unlink /a", "creat /a 644");
            TestTree tree = reused.tree(1).overwrite("/a", 600, "another's".getBytes(StandardCharsets.UTF_8));
            only(reused, Kind.STALE_DATA, tree, after(1));
            only(reused, Kind.STALE_DATA, tree, after(3));
        }

        private TestTree dataOf(TestTree tree, TestTree from) {
            tree.at("/a").data = from.at("/a").data.clone();
            // Keep the second chunk as promised, so that only the first one is wrong.
            return tree.zero("/a", 512, 1000);
        }
    }

    private static byte[] first512(TestTree tree) {
        return first512of("/a", tree);
    }

    private static byte[] first512of(String path, TestTree tree) {
        return java.util.Arrays.copyOf(tree.at(path).data, 512);
    }

    @Nested
    class Sizes {
        private final String[] script = {
            "creat /a 644", "write /a 0 1000", "write /a 1000 3000", "fdatasync /a", "truncate /a 500", "sync"
        };
        private final Scenario plain = Scenario.of(NOTHING, script);
        private final Scenario careful = Scenario.of(CAREFUL, script);

        @Test
        void isThatOfALegalVersion() {
            legal(plain, plain.tree(0), after(2));
            legal(plain, plain.tree(1), after(2));
            only(plain, Kind.WRONG_SIZE, plain.tree(2).resize("/a", 1001), after(2));
            only(plain, Kind.WRONG_SIZE, plain.tree(1), after(3));
            legal(plain, plain.tree(3), after(4));
            only(plain, Kind.WRONG_SIZE, plain.tree(3), after(5));
        }

        @Test
        void mayGrowByWholeSectors() {
            legal(plain, plain.tree(2).resize("/a", 2048), after(2));
            legal(careful, careful.tree(2).resize("/a", 2048), after(2));
            only(plain, Kind.WRONG_SIZE, plain.tree(3).resize("/a", 2048), after(3));
        }

        @Test
        void coversWrittenDataOnlyWhereDeclared() {
            TestTree early = plain.tree(2).zero("/a", 3072, 4000);
            legal(plain, early, after(2));
            Violation unwritten = only(careful, Kind.UNWRITTEN_DATA, early, after(2));
            assertTrue(unwritten.promise().contains("2: write /a 1000 3000"), unwritten::promise);
        }

        @Test
        void coversDataOfAllWritesThatMadeTheFileLonger() {
            TestTree early = careful.tree(2).zero("/a", 0, 512);
            legal(plain, early, after(2));
            only(careful, Kind.UNWRITTEN_DATA, early, after(2));
        }

        @Test
        void sizeThatWasThereBeforeDemandsNothing() {
            Scenario again = Scenario.withReusedInodes(
                    CAREFUL, "creat /a 644", "write /a 0 1000", "fsync /a", "truncate /a 100", "write /a 0 1000");
            // The size may be the promised one, with the old data or with zeroes of the truncation.
            legal(again, again.tree(1), after(4));
            legal(again, again.tree(2).zero("/a", 512, 1000), after(4));
        }

        @Test
        void growthAfterShrinkingNeedsTheNewData() {
            Scenario again = Scenario.withReusedInodes(
                    CAREFUL, "creat /a 644", "write /a 0 1000", "fsync /a", "truncate /a 100", "truncate /a 2000");
            legal(again, again.tree(4), after(4));
            TestTree stale = again.tree(4);
            stale.overwrite("/a", 0, again.tree(1).at("/a").data);
            only(again, Kind.UNWRITTEN_DATA, stale, after(4));
        }
    }

    @Nested
    class Renames {
        private final String[] script = {
            "creat /a 644", "creat /t 644", "sync", "rename /a /b", "rename /b /c", "rename /c /t"
        };
        private final Scenario careful = Scenario.of(CAREFUL, script);
        private final Scenario plain = Scenario.of(NOTHING, script);

        @Test
        void leavesOldOrNewOrBoth() {
            legal(careful, careful.tree(2), after(3));
            legal(careful, careful.tree(3), after(3));
            TestTree both = careful.tree(3);
            legal(careful, both.put("/a", both.at("/b")), after(3));
            TestTree neither = careful.tree(3).remove("/b");
            only(careful, Kind.NEITHER_OLD_NOR_NEW, neither, after(3));
            legal(plain, neither, after(3));
        }

        @Test
        void chainOfRenamesLosesNothing() {
            legal(careful, careful.tree(4), after(4));
            TestTree gone = careful.tree(4).remove("/c");
            Violation violation = only(careful, Kind.NEITHER_OLD_NOR_NEW, gone, after(4));
            assertTrue(violation.promise().contains("rename /b /c"), violation::promise);
            legal(plain, gone, after(4));
        }

        @Test
        void replacedNameIsNeverMissing() {
            legal(careful, careful.tree(5), after(5));
            TestTree missing = careful.tree(4).remove("/t");
            only(careful, Kind.LOST_ENTRY, missing, after(5));
            legal(plain, missing, after(5));
        }

        @Test
        void replacedDirectoryMayBeMissingWhereDeclared() {
            Scenario directories = Scenario.of(CAREFUL, "mkdir /a 755", "mkdir /b 755", "sync", "rename /a /b");
            legal(directories, directories.tree(2).remove("/b"), after(3));
            only(
                    directories,
                    Kind.NEITHER_OLD_NOR_NEW,
                    directories.tree(2).remove("/b").remove("/a"),
                    after(3));
            Scenario strict = Scenario.of(IN_ORDER, "mkdir /a 755", "mkdir /b 755", "sync", "rename /a /b");
            assertTrue(strict.kinds(strict.tree(2).remove("/b"), after(3)).contains(Kind.LOST_ENTRY));
        }

        @Test
        void removalAfterwardsExplainsThatNothingIsLeft() {
            Scenario removed = Scenario.of(CAREFUL, "creat /a 644", "sync", "rename /a /b", "unlink /b");
            legal(removed, removed.tree(3), after(3));
            only(removed, Kind.NEITHER_OLD_NOR_NEW, removed.tree(3), after(2));
        }

        @Test
        void intoADirectoryThatIsLegallyAbsentIsNotJudged() {
            Scenario into = Scenario.of(CAREFUL, "creat /a 644", "sync", "mkdir /d 755", "rename /a /d/a");
            legal(into, into.tree(1).remove("/a"), after(3));
        }
    }

    @Nested
    class Order {
        private final String[] script = {"creat /a 644", "creat /b 644", "unlink /a", "creat /c 644"};
        private final Scenario inOrder = Scenario.of(IN_ORDER, script);
        private final Scenario plain = Scenario.of(NOTHING, script);

        @Test
        void namesAreThoseOfOneMomentWhereDeclared() {
            for (int step = -1; step < 4; step++) {
                legal(inOrder, inOrder.tree(step), after(3));
            }
            TestTree tree = inOrder.tree(3).remove("/b");
            legal(plain, tree, after(3));
            Violation violation = only(inOrder, Kind.OUT_OF_ORDER, tree, after(3));
            assertTrue(violation.found().contains("3: creat /c"), violation::found);
        }

        @Test
        void whereAnInodeNumberIsUsedAgainTheNamesOfTheFormerDirectoryAreOfItsTime() {
            Scenario again = Scenario.withReusedInodes(
                    IN_ORDER, "mkdir /a 755", "creat /b 644", "rmdir /a", "mkdir /a 755", "creat /a/a 644");
            legal(again, again.tree(0), after(4));
            legal(again, again.tree(3), after(4));
            only(again, Kind.OUT_OF_ORDER, again.tree(4).remove("/b"), after(4));
        }
    }

    @Nested
    class Epochs {
        private final Scenario scenario = Scenario.of(NOTHING, "creat /a 644", "stat /", "fsync /", "creat /a 644");

        @Test
        void changeOnlyWithWhatIsLegal() {
            Promises promises = scenario.promises;
            assertEquals(promises.epoch(0), promises.epoch(0));
            assertTrue(promises.epoch(0) < promises.epoch(1), "the first step has begun");
            assertEquals(
                    promises.epoch(1), promises.epoch(25), "stat changes nothing, and fsync promises when it ends");
            assertTrue(promises.epoch(25) < promises.epoch(26), "fsync has returned");
            assertEquals(promises.epoch(26), promises.epoch(30));
            assertTrue(promises.epoch(30) < promises.epoch(31));
        }
    }
}
