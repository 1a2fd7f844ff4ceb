package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** The blocks of a new journal: taken one after the other, a block of pointers just before what it points to. */
public final class JournalTree {

    /** A block of pointers and its contents. */
    public record Node(int block, byte[] pointers) {}

    /** From so many blocks of the volume on … */
    private static final int[] LARGER_VOLUMES = {
        32 << 10, 256 << 10, 512 << 10, 4096 << 10, 8192 << 10, 16384 << 10, 32768 << 10
    };

    /** … the journal has so many, by default. */
    private static final int[] THEIR_JOURNALS = {4096, 8192, 16384, 32768, 65536, 131_072, 262_144};

    private final Geometry geometry;
    private final IntSupplier source;
    private final int[] roots = new int[Format.POINTER_COUNT];
    private final List<Node> nodes = new ArrayList<>();
    private final int[] blocks;
    private int placed;

    /**
     * Takes blocks for a journal.
     *
     * @param blockCount blocks of the journal; 0 for none
     * @param source gives a block that is free, as often as asked
     */
    public JournalTree(Geometry geometry, int blockCount, IntSupplier source) {
        this.geometry = geometry;
        this.source = source;
        this.blocks = new int[blockCount];
        for (int root = 0; root < roots.length && placed < blockCount; root++) {
            roots[root] = place(BlockMap.levels(root));
        }
    }

    /** Blocks that a journal has when nobody says, as mke2fs makes it; by the blocks of the volume, at least 2,048. */
    public static int defaultBlocks(int volumeBlocks) {
        int blocks = JournalFormat.MIN_JOURNAL_BLOCKS;
        for (int i = 0; i < LARGER_VOLUMES.length && volumeBlocks >= LARGER_VOLUMES[i]; i++) {
            blocks = THEIR_JOURNALS[i];
        }
        return blocks;
    }

    private int place(int level) {
        int block = source.getAsInt();
        if (level == 0) {
            blocks[placed++] = block;
            return block;
        }
        byte[] pointers = new byte[geometry.blockSizeBytes()];
        nodes.add(new Node(block, pointers));
        for (int at = 0; at < pointers.length && placed < blocks.length; at += Integer.BYTES) {
            LittleEndian.put32(pointers, at, place(level - 1));
        }
        return block;
    }

    /** Blocks of the journal, in its order. */
    public int[] blocks() {
        return blocks.clone();
    }

    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** Fills in what makes an inode record, but for its times, that of the journal. */
    public void putInode(byte[] b, int at) {
        InodeRecord.setMode(b, at, Format.MODE_REGULAR | 0600);
        InodeRecord.setLinkCount(b, at, 1);
        InodeRecord.setSize(b, at, sizeBytes());
        InodeRecord.setSectorCount(b, at, (long) (blocks.length + nodes.size()) * geometry.sectorsPerBlock());
        for (int i = 0; i < roots.length; i++) {
            InodeRecord.setPointer(b, at, i, roots[i]);
        }
    }

    /** Says in a superblock which inode the journal is in, with a copy of what leads to its blocks. */
    public void putFields(byte[] b, int at) {
        Superblock.setJournalInode(b, at, Format.JOURNAL_INODE);
        Superblock.setJournalBackupType(b, at, 1);
        for (int i = 0; i < roots.length; i++) {
            Superblock.setJournalBlockWord(b, at, i, roots[i]);
        }
        Superblock.setJournalBlockWord(b, at, roots.length, (int) (sizeBytes() >>> 32));
        Superblock.setJournalBlockWord(b, at, roots.length + 1, (int) sizeBytes());
    }

    private long sizeBytes() {
        return (long) blocks.length * geometry.blockSizeBytes();
    }
}
