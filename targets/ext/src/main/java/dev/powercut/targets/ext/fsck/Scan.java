package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.Superblock;
import java.util.ArrayList;
import java.util.List;

/**
 * One look at a whole image: opens it, runs the passes, collects problems. Owns the scratch memory that all passes share and
 * that repairs read.
 */
final class Scan {

    /** Bitmap or table not initialised (feature uninit_bg). */
    private static final int DESCRIPTOR_UNINIT_FLAGS = 3;

    /** What e2fsck takes for the size of a descriptor at most. */
    private static final int MOST_DESCRIPTOR_BYTES = 1024;

    /** What Linux takes for the logarithm of groups per flex group at most. */
    private static final int MOST_LOG_GROUPS_PER_FLEX = 31;

    /** Words of the superblock that name inodes and devices for features that no ext2 image has; the first is one of ext3. */
    private static final int[] ALIEN_WORDS = {
        Format.S_JOURNAL_INUM,
        Format.S_USR_QUOTA_INUM,
        Format.S_GRP_QUOTA_INUM,
        Format.S_PRJ_QUOTA_INUM,
        Format.S_ORPHAN_FILE_INUM,
        Format.S_JOURNAL_UUID,
        Format.S_JOURNAL_UUID + 4,
        Format.S_JOURNAL_UUID + 8,
        Format.S_JOURNAL_UUID + 12
    };

    /** A journal is what {@link JournalCheck} looks at. */
    private static final int FIRST_ALIEN_WORD_OF_EXT3 = 1;

    final Volume volume;
    final SectorCounts sectorCounts = new SectorCounts(this);
    final BlockEdits edits;
    final InodeCensus inodes = new InodeCensus();
    final DirectoryCensus directories = new DirectoryCensus();
    final XattrBlocks xattrs = new XattrBlocks();
    /** Blocks in use, as index from the first data block; fixed metadata included. */
    final BitSpace blocks = new BitSpace();
    /** Further blocks, below pointer blocks that were refused: not in use, but not to be given out either. */
    final SharedTrees sharedTrees = new SharedTrees(this);

    private final PointerWalk walk = new PointerWalk(this);
    private final InodePass inodePass = new InodePass(this, walk);
    private final DirectoryPass directoryPass = new DirectoryPass(this, walk);
    private final ConnectivityPass connectivityPass = new ConnectivityPass(this, walk);
    private final LinkPass linkPass = new LinkPass(this);
    private final SummaryPass summaryPass = new SummaryPass(this);

    private List<Problem> problems = new ArrayList<>();
    private boolean mending;
    private boolean largeFileReported;

    /** Whether a block that is claimed already is copied, rather than refused. */
    boolean copyShared;

    /**
     * An inode without a name is worth keeping even if it is empty: with -y, and where something was found that a crash does not
     * leave. Damage may have taken its name.
     */
    boolean keepsEmpty;

    /** Time for what a repair stamps. */
    long nowSeconds;

    /** Whether that is the time of now, rather than the latest on the image. */
    boolean knowsNow;

    /** Of a truncated image: the first block that is not on the device; else more than any block. */
    int firstMissingBlock = Integer.MAX_VALUE;

    /** Inode that the root calls lost+found, and where it says so; 0 when it has none. */
    int lostAndFound;

    int lostAndFoundBlock;
    int lostAndFoundOffset;

    /** @param ext3 whether images may have a journal */
    Scan(boolean ext3) {
        this.volume = new Volume(ext3);
        this.edits = new BlockEdits(volume);
    }

    /** The problems found by the last {@link #run}; a new list for each. */
    List<Problem> problems() {
        return problems;
    }

    /** Whether {@link #report} answers that a problem is to be mended where it is found. */
    boolean mending() {
        return mending;
    }

    /** Opens an image without looking further than superblock and descriptors; see {@link Volume#open}. */
    void open(BlockDevice device, FsckOptions options) throws ImageFormatException {
        problems = new ArrayList<>();
        largeFileReported = false;
        copyShared = options.copyShared();
        volume.open(device, options, problems);
    }

    /** Runs all passes over the image that was opened. */
    void run() {
        superblock();
        inodePass.run();
        directoryPass.run();
        connectivityPass.run();
        linkPass.run();
        summaryPass.run();
    }

    /** Runs pass 1 again, putting right in the edits what is wrong in inodes and pointers. */
    void mendInodes() {
        mending = true;
        inodePass.run();
        mending = false;
    }

    /**
     * Notes a problem; or, while mending, says whether it is one to mend now.
     *
     * @return true when the caller is to put it right
     */
    boolean report(ProblemKind kind, int inode, int block, long found, long expected) {
        if (mending) {
            return kind.stage() == ProblemKind.Stage.INODES;
        }
        add(new Problem(kind, inode, block, found, expected));
        return false;
    }

    void add(Problem problem) {
        if (!mending) {
            problems.add(problem);
            keepsEmpty |= problem.kind().stage() != ProblemKind.Stage.BENIGN;
        }
    }

    /** Once is enough: the feature is one bit. */
    void reportLargeFile(int inode, long size) {
        if (!largeFileReported) {
            report(ProblemKind.LARGE_FILE_FEATURE_MISSING, inode, 0, size, 0);
            largeFileReported = true;
        }
    }

    /** Pass 0: fields of the superblock and descriptors on which nothing above depends. */
    private void superblock() {
        byte[] b = volume.superblock;
        Geometry geometry = volume.geometry;
        long reserved = Superblock.reservedBlockCount(b, 0) & 0xFFFF_FFFFL;
        if (reserved > geometry.blockCount() / 2) {
            report(ProblemKind.RESERVED_BLOCKS_TOO_MANY, 0, 0, reserved, geometry.blockCount() / 2);
        }
        // Read only with a feature that no ext2 image has, but e2fsck refuses others whatever the features are.
        int size = Superblock.descriptorSize(b, 0);
        if (size > MOST_DESCRIPTOR_BYTES || Integer.bitCount(size) > 1) {
            report(ProblemKind.DESCRIPTOR_SIZE_INVALID, 0, 0, size, 0);
        }
        if (geometry.reservedGdtBlocks() != 0 && !geometry.hasCompat(Features.COMPAT_RESIZE_INODE)) {
            report(ProblemKind.RESERVED_DESCRIPTORS_WITHOUT_FEATURE, 0, 0, geometry.reservedGdtBlocks(), 0);
        }
        for (int i = geometry.hasJournal() ? FIRST_ALIEN_WORD_OF_EXT3 : 0; i < ALIEN_WORDS.length; i++) {
            int inode = LittleEndian.s32(b, ALIEN_WORDS[i]);
            if (inode != 0 && !isUsualQuota(ALIEN_WORDS[i], inode)) {
                report(ProblemKind.INODE_WITHOUT_FEATURE, inode, 0, ALIEN_WORDS[i], 0);
            }
        }
        alienMeasures(b);
        times(b);
        if (Superblock.lastOrphan(b, 0) != 0) {
            report(ProblemKind.ORPHAN_LIST, Superblock.lastOrphan(b, 0), 0, 0, 0);
        }
        for (int group = 0; group < volume.groupCount; group++) {
            int at = group * Format.DESCRIPTOR_BYTES;
            int flags = GroupDescriptor.flags(volume.descriptors, at) & DESCRIPTOR_UNINIT_FLAGS;
            if (flags != 0 || GroupDescriptor.unusedInodeCount(volume.descriptors, at) != 0) {
                report(ProblemKind.DESCRIPTOR_FLAGS, 0, group, flags, 0);
            }
        }
    }

    /** The inodes that are kept for the quotas of users and groups; e2fsck lets them pass whatever the features are. */
    private static boolean isUsualQuota(int word, int inode) {
        return word == Format.S_USR_QUOTA_INUM && inode == Format.USER_QUOTA_INODE
                || word == Format.S_GRP_QUOTA_INUM && inode == Format.GROUP_QUOTA_INODE;
    }

    /** Measures and features that mean nothing here, but that e2fsck looks at. */
    private void alienMeasures(byte[] b) {
        int flex = LittleEndian.u8(b, Format.S_LOG_GROUPS_PER_FLEX);
        if (flex > MOST_LOG_GROUPS_PER_FLEX) {
            report(ProblemKind.FLEX_SIZE_INVALID, 0, 0, flex, 0);
        }
        boolean features = (Superblock.compat(b, 0) | Superblock.incompat(b, 0) | Superblock.roCompat(b, 0)) != 0;
        if (features && Superblock.revision(b, 0) == Format.REVISION_ORIGINAL) {
            report(ProblemKind.FEATURES_OF_REVISION_0, 0, 0, 0, 0);
        }
        int most = volume.geometry.inodeSizeBytes() - Format.INODE_BASE_BYTES;
        if (most > 0) {
            extraSize(Superblock.minExtraInodeSize(b, 0), most);
            extraSize(Superblock.wantExtraInodeSize(b, 0), most);
        }
    }

    private void extraSize(int wanted, int most) {
        if (wanted != 0 && (wanted < 4 || wanted > most || wanted % 4 != 0)) {
            report(ProblemKind.EXTRA_SIZE_WISH_INVALID, 0, 0, wanted, Math.min(most, Format.EXTRA_ISIZE_KNOWN_BYTES));
        }
    }

    /** Where the caller knows what time it is. */
    private void times(byte[] b) {
        time(Superblock.mountTimeSeconds(b, 0), "mounted");
        time(Superblock.writeTimeSeconds(b, 0), "written to");
    }

    private void time(long seconds, String name) {
        if (knowsNow && seconds > nowSeconds) {
            add(new Problem(ProblemKind.TIME_IN_FUTURE, 0, 0, 0, seconds, nowSeconds, name));
        }
    }
}
