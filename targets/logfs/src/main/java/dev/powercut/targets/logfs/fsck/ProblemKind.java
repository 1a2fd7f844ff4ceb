package dev.powercut.targets.logfs.fsck;

import dev.powercut.check.image.ImageProblem;
import dev.powercut.check.target.CheckResult.Severity;
import java.util.Locale;

/**
 * What can be wrong with an image. The text has places {@code {inode}}, {@code {block}}, {@code {found}}, {@code {expected}}, {@code
 * {name}} for the numbers of a {@link Problem}; the remedy says what {@code -p} (benign) or {@code -y} does.
 */
public enum ProblemKind implements ImageProblem.Kind {
    // ---- Pass 0: superblock, checkpoints ----
    NO_VOLUME(0, Grade.HOPELESS, "{name}", ""),
    SUPERBLOCK_CORRUPT(
            0, Grade.DAMAGE, "superblock is not valid ({name}); the backup in block {block} is", "copy the backup"),
    BACKUP_SUPERBLOCK_WRONG(0, Grade.DAMAGE, "backup superblock in block {block} differs from the superblock", "copy"),
    CHECKPOINT_INVALID(0, Grade.BENIGN, "checkpoint region in block {block} is torn or damaged", "write a new one"),
    CHECKPOINT_MISPLACED(
            0, Grade.DAMAGE, "checkpoint {found} is in the region of the other, in block {block}", "write new ones"),
    CHECKPOINT_BEFORE_REPAIR(
            0,
            Grade.BENIGN,
            "checkpoint region in block {block} has number {found}, from before a repair that was cut short at {expected}",
            "write a new one"),
    CHECKPOINT_OLD(
            0,
            Grade.DAMAGE,
            "checkpoint region in block {block} has number {found}, which is not next to {expected}",
            "write a new one"),
    NO_CHECKPOINT(0, Grade.DAMAGE, "neither checkpoint is valid", "rebuild the inode map from the log"),
    LOG_BROKEN(
            0,
            Grade.DAMAGE,
            "the log behind checkpoint {found} breaks off in block {block}, but there is a later whole state in it, before partial write {expected}",
            "take that"),
    NOTHING_IN_LOG(0, Grade.HOPELESS, "neither checkpoint is valid, and no partial write is in any segment", ""),

    LOG_RECORD_INVALID(
            0,
            Grade.DAMAGE,
            "block {block} of the log behind the checkpoint has a record of inode {found}, version {expected}, which cannot be",
            "pass over it"),
    LOG_OPERATION_INVALID(
            0,
            Grade.DAMAGE,
            "block {block} of the log behind the checkpoint has no sound directory operation at byte {found}",
            "pass over it, and what follows in the block"),
    REPLACED_RECORD_WRONG(
            0,
            Grade.DAMAGE,
            "the log behind the checkpoint replaces or frees inode {inode}, which has no sound record in block {block}, slot {found}",
            "take what the log has"),

    // ---- Pass 1: inode map, inodes, extents ----
    MAP_BLOCK_SHARED(
            1, Grade.DAMAGE, "block {block} is twice in the inode map, also as block {found}", "take what the log has"),
    MAP_ENTRY_INVALID(
            1,
            Grade.DAMAGE,
            "inode map leads for inode {inode} to block {block}, slot {found}, where no record can be",
            "search the log"),
    MAP_RECORD_WRONG(
            1,
            Grade.DAMAGE,
            "inode map leads for inode {inode} to block {block}, where another record is",
            "search the log"),
    MAP_ENTRY_LOST(1, Grade.DAMAGE, "inode map, which is damaged here, has lost inode {inode}", "take it from the log"),
    ROOT_MISSING(1, Grade.DAMAGE, "root inode {inode} is not in use", "take it from the log, or make a new one"),
    ROOT_NOT_A_DIRECTORY(1, Grade.DAMAGE, "root inode {inode} is not a directory", "make a new one"),
    MODE_INVALID(1, Grade.DAMAGE, "inode {inode} has an impossible mode: {found}", "free the inode"),
    SIZE_INVALID(1, Grade.DAMAGE, "inode {inode} has an impossible size: {found}", "set {expected}"),
    SYMLINK_INVALID(1, Grade.DAMAGE, "symbolic link {inode} does not hold a target of {found} bytes", "free the inode"),
    EXTENT_TREE_INVALID(
            1,
            Grade.DAMAGE,
            "inode {inode} has {found} extents on {expected} levels, which does not fit",
            "drop what is beyond"),
    EXTENT_BLOCK_INVALID(1, Grade.DAMAGE, "extent block {block} of inode {inode} cannot be one", "drop its extents"),
    EXTENTS_INVALID(
            1, Grade.DAMAGE, "inode {inode} has {found} extents that are out of range or out of order", "drop them"),
    DIRECTORY_HOLE(1, Grade.DAMAGE, "directory {inode} has {found} bytes, but {expected} in blocks", "close the hole"),

    // ---- Pass 2: blocks and summaries ----
    BLOCK_OF_ANOTHER(
            2,
            Grade.DAMAGE,
            "block {block} of inode {inode} belongs to {name}, as the log says",
            "take it from the inode"),
    BLOCK_CLAIMED_TWICE(2, Grade.DAMAGE, "block {block} of inode {inode} is also one of {name}", "copy"),
    BLOCK_WITHOUT_SUMMARY(
            2,
            Grade.DAMAGE,
            "no summary tells whose block {block} of inode {inode} is",
            "copy, or give it up if there is no room"),
    PAYLOAD_WRONG(
            2,
            Grade.DAMAGE,
            "{found} blocks after the summary in block {block} differ from their checksum; {expected} of them are live, one of inode {inode}",
            "copy as they are"),

    // ---- Pass 3: directories ----
    DIRECTORY_BLOCK_CORRUPT(
            3,
            Grade.DAMAGE,
            "block {block} of directory {inode} has no sound records from byte {found} on",
            "free the rest"),
    ENTRY_INODE_INVALID(
            3, Grade.DAMAGE, "entry '{name}' in directory {inode} names the impossible inode {found}", "remove"),
    ENTRY_INODE_LOST(
            3,
            Grade.DAMAGE,
            "entry '{name}' in directory {inode} names inode {found}, which the inode map has lost",
            "take it from the log"),
    ENTRY_INODE_UNUSED(
            3, Grade.DAMAGE, "entry '{name}' in directory {inode} names inode {found}, which is not in use", "remove"),
    ENTRY_NAMES_ROOT(3, Grade.DAMAGE, "entry '{name}' in directory {inode} names the root directory", "remove"),
    ENTRY_TYPE_WRONG(3, Grade.DAMAGE, "entry '{name}' in directory {inode} has type {found}, not {expected}", "set"),
    ENTRY_NAME_REPEATED(3, Grade.DAMAGE, "entry '{name}' is twice in directory {inode}", "remove the second"),
    DIRECTORY_NAMED_TWICE(
            3, Grade.DAMAGE, "directory {found} has another name, '{name}' in directory {inode}", "remove this one"),

    // ---- Pass 4: connectivity, links ----
    PARENT_WRONG(4, Grade.DAMAGE, "directory {inode} says that it is in {found}, but is in {expected}", "set"),
    DIRECTORY_LOOP(4, Grade.DAMAGE, "directory {inode} is in a loop of directories", "reconnect to lost+found"),
    UNNAMED_INODE(4, Grade.DAMAGE, "inode {inode} has no name", "reconnect to lost+found"),
    LINK_COUNT_WRONG(4, Grade.DAMAGE, "inode {inode} counts {found} links, has {expected}", "set"),

    // ---- Pass 5: usage, counts ----
    LIVE_BLOCKS_IN_FREE_SEGMENT(
            5, Grade.DAMAGE, "segment {block} counts as free, but holds {expected} live bytes", "set"),
    USAGE_TOO_LOW(5, Grade.DAMAGE, "segment {block} counts {found} live bytes, has {expected}", "set"),
    USAGE_TOO_HIGH(5, Grade.BENIGN, "segment {block} counts {found} live bytes, has {expected}", "set"),
    USAGE_IMPOSSIBLE(
            5, Grade.DAMAGE, "segment {block} counts {found} live bytes, has no room for more than {expected}", "set"),
    LOG_END_IN_LIVE_BLOCKS(
            5,
            Grade.DAMAGE,
            "the log goes on from block {found} to {expected}, of which inode {inode} uses block {block}",
            "go on elsewhere"),
    INODES_USED_WRONG(5, Grade.BENIGN, "checkpoint counts {found} inodes in use, there are {expected}", "set"),
    EXTENT_BLOCKS_WRONG(5, Grade.BENIGN, "checkpoint counts {found} extent blocks, there are {expected}", "set"),
    NO_ROOM_FOR_REPAIR(5, Grade.HOPELESS, "{found} blocks are to be written, but only {expected} are free", "");

    private enum Grade {
        BENIGN,
        DAMAGE,
        /** Damage that cannot be mended. */
        HOPELESS
    }

    private final int pass;
    private final Grade grade;
    private final String text;
    private final String remedy;
    private final String slug;

    ProblemKind(int pass, Grade grade, String text, String remedy) {
        this.pass = pass;
        this.grade = grade;
        this.text = text;
        this.remedy = remedy;
        this.slug = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public int pass() {
        return pass;
    }

    @Override
    public Severity severity() {
        return grade == Grade.BENIGN ? Severity.BENIGN : Severity.DAMAGE;
    }

    /** Whether {@code -y} can do something about it. */
    public boolean canBeMended() {
        return grade != Grade.HOPELESS;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
