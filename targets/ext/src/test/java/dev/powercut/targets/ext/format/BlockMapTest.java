package dev.powercut.targets.ext.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of indirect blocks. */
class BlockMapTest {

    /** Going down the slots from the root must lead to the file block asked for, and to no other. */
    @Property(seed = "1")
    void slotsLeadBackToTheFileBlock(@ForAll @LongRange(max = 0xFFFF_FFFFL) long fileBlock) {
        for (int blockSize = 1024; blockSize <= 4096; blockSize *= 2) {
            BlockMap map = new BlockMap(blockSize);
            int depth = map.depth(fileBlock);
            if (fileBlock >= map.reachableBlocks()) {
                assertEquals(-1, depth);
                continue;
            }
            int root = map.rootIndex(fileBlock);
            long reached = map.firstFileBlock(root);
            for (int level = depth; level >= 1; level--) {
                reached += map.slot(fileBlock, level) * map.span(level - 1);
            }
            assertEquals(fileBlock, reached);
            assertEquals(depth, BlockMap.levels(root));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096})
    void depthChangesExactlyAtTheEdges(int blockSize) {
        BlockMap map = new BlockMap(blockSize);
        long p = blockSize / 4;
        assertEquals(0, map.depth(11));
        assertEquals(1, map.depth(12));
        assertEquals(1, map.depth(12 + p - 1));
        assertEquals(2, map.depth(12 + p));
        assertEquals(2, map.depth(12 + p + p * p - 1));
        assertEquals(3, map.depth(12 + p + p * p));
        assertEquals(3, map.depth(12 + p + p * p + p * p * p - 1));
        assertEquals(-1, map.depth(12 + p + p * p + p * p * p));
        assertEquals(-1, map.depth(-1));
    }

    @Test
    void indirectBlocksAreCountedAtEveryEdge() {
        BlockMap map = new BlockMap(1024);
        assertEquals(0, map.indirectBlocks(0));
        assertEquals(0, map.indirectBlocks(12));
        assertEquals(1, map.indirectBlocks(13));
        assertEquals(1, map.indirectBlocks(12 + 256));
        assertEquals(3, map.indirectBlocks(12 + 256 + 1));
        assertEquals(4, map.indirectBlocks(12 + 256 + 257));
        assertEquals(1 + 257, map.indirectBlocks(12 + 256 + 65536));
        assertEquals(1 + 257 + 3, map.indirectBlocks(12 + 256 + 65536 + 1));
        assertEquals(1 + 257 + 1 + 256 + 65536, map.indirectBlocks(map.reachableBlocks()));
    }

    /** 16 GiB with 1 KiB blocks and 256 GiB with 2 KiB, as the kernel documentation has it: what the map reaches. */
    @ParameterizedTest
    @CsvSource({"1024, 17247252480", "2048, 275415851008"})
    void smallBlocksLimitTheFileByTheMap(int blockSize, long bytes) {
        assertEquals(bytes, new BlockMap(blockSize).maxFileSizeBytes());
    }

    /** 2 TiB with 4 KiB blocks: what 32 bits of sectors can count, with the indirect blocks. */
    @Test
    void largeBlocksLimitTheFileByTheSectorCount() {
        BlockMap map = new BlockMap(4096);
        long blocks = map.maxFileSizeBytes() / 4096;
        assertTrue((blocks + map.indirectBlocks(blocks)) * 8 <= 0xFFFF_FFFFL);
        assertTrue((blocks + 1 + map.indirectBlocks(blocks + 1)) * 8 > 0xFFFF_FFFFL);
    }
}
