package dev.powercut.targets.logfs.fsck;

import dev.powercut.targets.logfs.format.Format;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who uses which blocks: runs of them, to be sorted by address. */
final class Claims {

    private int[] start = new int[32];
    private int[] length = new int[32];
    private int[] kind = new int[32];
    private long[] offset = new long[32];
    private @Nullable Inode[] owner = new @Nullable Inode[32];
    private long[] order = {};
    private int count;

    /**
     * @param claimKind one of {@link Format#KIND_DATA} …
     * @param claimant null for blocks of tables and of the log
     * @param firstOffset as in a summary's entry; of inode records their slot
     */
    void add(int first, int blocks, int claimKind, @Nullable Inode claimant, long firstOffset) {
        if (count == start.length) {
            start = Arrays.copyOf(start, 2 * count);
            length = Arrays.copyOf(length, 2 * count);
            kind = Arrays.copyOf(kind, 2 * count);
            offset = Arrays.copyOf(offset, 2 * count);
            owner = Arrays.copyOf(owner, 2 * count);
        }
        start[count] = first;
        length[count] = blocks;
        kind[count] = claimKind;
        offset[count] = firstOffset;
        owner[count++] = claimant;
    }

    /** All that an inode uses: its record's block, its extent blocks, its blocks. */
    void add(Inode inode) {
        if (inode.block != 0) {
            add(inode.block, 1, Format.KIND_INODES, inode, inode.slot);
        }
        for (int i = 0; i < inode.treeBlocks.length; i++) {
            add(inode.treeBlocks[i], 1, Format.KIND_EXTENTS, inode, inode.treeOffsets[i]);
        }
        int contents = inode.isDirectory() ? Format.KIND_DIRECTORY : Format.KIND_DATA;
        for (int i = 0; i < inode.extents.count(); i++) {
            add(inode.extents.address(i), inode.extents.length(i), contents, inode, inode.extents.fileBlock(i));
        }
    }

    /** All that the inodes of a table use. */
    void addAll(InodeTable table) {
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            Inode inode = table.get(number);
            if (inode != null) {
                add(inode);
            }
        }
    }

    /** What is in another list. */
    void addAll(Claims others) {
        for (int i = 0; i < others.count; i++) {
            add(others.start[i], others.length[i], others.kind[i], others.owner[i], others.offset[i]);
        }
    }

    /** The blocks of tables, by their pointers. */
    void addTable(int[] pointers, int tableKind) {
        for (int i = 0; i < pointers.length; i++) {
            if (pointers[i] != 0) {
                add(pointers[i], 1, tableKind, null, i);
            }
        }
    }

    /** Brings them into the order of addresses. */
    Claims sort() {
        order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = (long) start[i] << 32 | i;
        }
        Arrays.sort(order);
        return this;
    }

    int count() {
        return count;
    }

    /** How many blocks claims of a kind have. */
    int count(int wanted) {
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            blocks += kind[i] == wanted ? length[i] : 0;
        }
        return blocks;
    }

    private int index(int rank) {
        return (int) order[rank];
    }

    int start(int rank) {
        return start[index(rank)];
    }

    int length(int rank) {
        return length[index(rank)];
    }

    int end(int rank) {
        return start(rank) + length(rank);
    }

    int kind(int rank) {
        return kind[index(rank)];
    }

    long offset(int rank) {
        return offset[index(rank)];
    }

    @Nullable
    Inode owner(int rank) {
        return owner[index(rank)];
    }

    int inodeNumber(int rank) {
        Inode inode = owner(rank);
        return inode == null ? 0 : inode.number;
    }

    /** Rank of the first claim that begins at an address or later. */
    int firstFrom(int address) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (start(middle) < address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whose a claim is, in words. */
    String words(int rank) {
        return switch (kind(rank)) {
            case Format.KIND_INODE_MAP -> "the inode map";
            case Format.KIND_USAGE -> "the segment usage table";
            case Format.KIND_OPERATIONS -> "the log";
            default -> "inode " + inodeNumber(rank);
        };
    }
}
