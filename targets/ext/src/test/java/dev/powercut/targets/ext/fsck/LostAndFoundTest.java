package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has lost its name gets one in lost+found, which is made when it is missing and grows when it is full. */
class LostAndFoundTest {

    private static final String FOLDER = "lost+found";

    private final Surgery s = Surgery.on(8 << 20, MkfsOptions.defaults());
    private final List<Integer> nameless = new ArrayList<>();

    private void lose(int files) {
        for (int i = 0; i < files; i++) {
            nameless.add(s.inode(Format.MODE_REGULAR | 0644));
        }
    }

    /** Repairs, and gives the volume as it is then. */
    private Surgery mended() {
        SimulatedDisk disk = Surgery.disk(s.image());
        assertEquals(1, new Fsck().repair(disk).exitCode());
        E2fsprogs.assertClean(disk.durableImage());
        Surgery after = new Surgery(disk.durableImage());
        int folder = after.lookup(Format.ROOT_INODE, FOLDER);
        for (int inode : nameless) {
            assertEquals(inode, after.lookup(folder, "#" + inode));
        }
        return after;
    }

    private static long blocks(Surgery s) {
        return InodeRecord.size(s.b, s.inodeOffset(s.lookup(Format.ROOT_INODE, FOLDER))) / s.blockSize;
    }

    /** Entries of 12 and 16 bytes, at most 85 to the block: more than its twelve blocks hold, so it needs an indirect one too. */
    @Test
    void growsBeyondItsDirectBlocks() {
        lose(1_100);
        assertEquals(12, blocks(s));
        assertEquals(14, blocks(mended()));
    }

    @Test
    void isMadeWhenMissingAndGrowsFromOneBlock() {
        Wounds.removeLostAndFound(s);
        lose(200);
        assertEquals(3, blocks(mended()));
    }

    /** A tree without a name comes back whole below one name: its top's. */
    @Test
    void takesTheTopOfATreeOnly() {
        int docs = s.directory(Format.ROOT_INODE, "docs");
        int top = s.unnamedDirectory(docs);
        int below = s.directory(top, "below");
        int leaf = s.file(below, "leaf", 2);
        nameless.add(top);
        s.addLinks(docs, 1);
        Surgery after = mended();
        assertEquals(below, after.lookup(top, "below"));
        assertEquals(leaf, after.lookup(below, "leaf"));
        int folder = after.lookup(Format.ROOT_INODE, FOLDER);
        assertEquals(folder, after.lookup(top, ".."));
        assertTrue(after.lookup(folder, "#" + below) == 0 && after.lookup(folder, "#" + leaf) == 0);
    }
}
