package dev.powercut.bridge.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.tree.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestOracleTest {

    /** From {@code printf 'a %s\nd/b %s' $(printf one | sha256sum) … | sha256sum}. */
    private static final String HASH = "6792ef0a3b18c3191022adec76bbc61ab212d86b9fcef6c4d663760c6fd71135";

    private static final Node.Directory TREE =
            Trees.tree(Map.of("a", Trees.text("one"), "d/b", Trees.text("two"), "lost+found/#12", Trees.text("x")));

    @Test
    void wholeTreeIsRightWhenItsHashIs() {
        for (String mark : new String[] {"final:" + HASH, "synced:2:" + HASH}) {
            ManifestOracle oracle = new ManifestOracle(Trees.marks("begin:x", mark));
            assertEquals(TreeOracle.NOTHING, oracle.epoch(0));
            assertEquals(TreeOracle.NOTHING, oracle.epoch(1));
            assertNotEquals(TreeOracle.NOTHING, oracle.epoch(2));
            assertEquals(List.of(), oracle.judge(TREE, 2));
        }
    }

    @Test
    void changedContentAndMissingFileAreFound() {
        ManifestOracle oracle = new ManifestOracle(Trees.marks("synced:2:" + HASH));
        Node.Directory changed = Trees.tree(Map.of("a", Trees.text("one"), "d/b", Trees.text("twO")));
        assertTrue(oracle.judge(changed, 1).getFirst().contains(HASH + " was synced"));
        Node.Directory missing = Trees.tree(Map.of("a", Trees.text("one")));
        assertEquals(
                "the tree has 1 regular files, but 2 were synced",
                oracle.judge(missing, 1).getFirst());
    }

    @Test
    void nothingIsJudgedOnceWorkBeginsAgain() {
        ManifestOracle oracle = new ManifestOracle(Trees.marks("final:" + HASH, "unmounted", "begin:create:f"));
        assertNotEquals(TreeOracle.NOTHING, oracle.epoch(2));
        assertEquals(TreeOracle.NOTHING, oracle.epoch(3));
    }
}
