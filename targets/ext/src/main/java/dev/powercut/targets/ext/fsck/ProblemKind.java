package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageProblem;
import dev.powercut.check.target.CheckResult.Severity;
import java.util.Locale;

/**
 * What can be wrong with an image. The text has places {@code {inode}}, {@code {other}}, {@code {claimant}}, {@code
 * {block}}, {@code {offset}}, {@code {found}}, {@code {expected}}, {@code {name}}, {@code
 * {mode}} and {@code {flags}} (what was found, in octal and in hex), {@code {time}} and {@code {now}} (found and expected, as dates) for what a {@link Problem} knows; the remedy says what {@code -p}
 * (benign) or {@code -y} does.
 */
public enum ProblemKind implements ImageProblem.Kind {
    // ---- Pass 0: superblock and group descriptors ----
    NO_VOLUME(0, Stage.NEVER, "{name}", ""),
    SUPERBLOCK_CORRUPT(
            0, Stage.VOLUME, "superblock is not valid: {name}; the backup in block {block} is", "copy the backup"),
    INODE_COUNT_WRONG(
            0, Stage.VOLUME, "superblock counts {found} inodes, its groups have {expected}", "set {expected}"),
    BACKUP_SUPERBLOCK_WRONG(
            0,
            Stage.VOLUME,
            "backup superblock of group {found}, in block {block}, differs from the superblock",
            "copy"),
    DESCRIPTOR_CORRUPT(0, Stage.VOLUME, "descriptor of group {block} is not valid: {name}", "set to where they are"),
    BACKUP_DESCRIPTORS_WRONG(
            0,
            Stage.VOLUME,
            "backup descriptors of group {found}, from block {block} on, differ from the others",
            "copy"),
    DESCRIPTOR_FLAGS(
            0,
            Stage.VOLUME,
            "descriptor of group {block} has flags {flags} that need a feature the image lacks",
            "clear"),
    DESCRIPTOR_SIZE_INVALID(0, Stage.VOLUME, "superblock gives descriptors a size of {found} bytes", "set 0"),
    FLEX_SIZE_INVALID(
            0, Stage.VOLUME, "superblock puts 2^{found} groups together, without the feature flex_bg", "set 0"),
    FEATURES_OF_REVISION_0(
            0, Stage.VOLUME, "superblock has features, but says that it is of revision 0", "make it revision 1"),
    TIME_IN_FUTURE(0, Stage.VOLUME, "superblock was last {name} at {time}, but now is {now}", "set to now"),
    EXTRA_SIZE_WISH_INVALID(
            0,
            Stage.VOLUME,
            "superblock asks for {found} bytes beyond 128 in each inode, of at most {expected}",
            "set {expected}"),
    DEVICE_TOO_SMALL(
            0,
            Stage.NEVER,
            "the volume has {expected} blocks, the device only {found}: the image is truncated, the rest is taken for zeroes",
            ""),
    RESERVED_BLOCKS_TOO_MANY(
            0, Stage.VOLUME, "superblock reserves {found} blocks for the super-user, of at most {expected}", "lower"),
    RESERVED_DESCRIPTORS_WITHOUT_FEATURE(
            0,
            Stage.VOLUME,
            "superblock reserves {found} blocks for descriptors without the feature resize_inode",
            "reserve none"),
    INODE_WITHOUT_FEATURE(
            0,
            Stage.VOLUME,
            "superblock names an inode or device, {inode}, for a feature that the image lacks",
            "forget it"),
    ORPHAN_LIST(0, Stage.VOLUME, "superblock has a list of orphans, from inode {inode} on", "forget it"),
    RESIZE_INODE_INVALID(
            0, Stage.VOLUME, "resize inode {inode} does not hold the reserved descriptor blocks", "rebuild"),
    RESIZE_INODE_DIFFERS(
            0,
            Stage.VOLUME,
            "resize inode {inode} has as many blocks as it should, but others, or no links",
            "rebuild"),
    RESIZE_INODE_WITHOUT_FEATURE(
            0, Stage.VOLUME, "resize inode {inode} has blocks without the feature resize_inode", "clear"),
    LARGE_FILE_FEATURE_MISSING(
            0,
            Stage.VOLUME,
            "inode {inode} has {found} bytes, but the superblock lacks the feature large_file",
            "set the feature"),

    JOURNAL_UNSUPPORTED(0, Stage.NEVER, "the journal cannot be replayed: {name}", ""),
    JOURNAL_INODE_INVALID(0, Stage.VOLUME, "{name}", "make the journal anew; what its log held is lost"),
    JOURNAL_INODE_LOST(
            0,
            Stage.VOLUME,
            "inode {inode} is not the journal, which the superblock knows where to find",
            "restore it"),
    JOURNAL_SUPERBLOCK_INVALID(0, Stage.VOLUME, "{name}", "make the log empty; what it held is lost"),
    JOURNAL_MEASURES_WRONG(0, Stage.VOLUME, "{name}", "put it right, and replay the log"),
    JOURNAL_SHARED(0, Stage.VOLUME, "the journal claims to be that of {found} filesystems", "make it that of this one"),
    JOURNAL_NOT_FLAGGED(
            0, Stage.VOLUME, "the journal has transactions, but the superblock does not say so", "replay them"),
    JOURNAL_BACKUP_WRONG(
            0, Stage.BENIGN, "the superblock's copy of the journal's inode {inode} differs from it", "copy again"),

    // ---- Pass 1: inodes, blocks, sizes ----
    UNLINKED_INODE_NOT_DELETED(1, Stage.BENIGN, "inode {inode} has no links and no deletion time", "free"),
    BLOCKS_BEYOND_SIZE(1, Stage.BENIGN, "inode {inode} has {found} blocks beyond its size", "trim"),
    BLOCKS_AFTER_END(1, Stage.BENIGN, "inode {inode} has {found} blocks right after its end", "trim"),
    SECTOR_COUNT_WRONG(1, Stage.BENIGN, "inode {inode} counts {found} sectors, has {expected}", "set"),
    XATTR_REFERENCES_TOO_HIGH(
            1, Stage.BENIGN, "attribute block {block} counts {found} references, has {expected}", "set"),
    XATTR_REFERENCES_TOO_LOW(
            1, Stage.COUNTS, "attribute block {block} counts {found} references, has {expected}", "set"),
    DELETION_TIME_TOO_LOW(
            1, Stage.INODES, "inode {inode} has a deletion time that looks like an inode number: {found}", "set"),
    LINKED_INODE_DELETED(
            1, Stage.INODES, "inode {inode} is in use, but has a deletion time: {found}", "clear the time"),
    ROOT_NOT_A_DIRECTORY(1, Stage.INODES, "root inode {inode} is not a directory", "make a new root"),
    RESERVED_INODE_IN_USE(1, Stage.INODES, "reserved inode {inode} is not empty: mode {mode}", "clear"),
    BAD_BLOCKS_INODE_INVALID(1, Stage.INODES, "inode {inode}, of the bad blocks, has other contents", "clear"),
    MODE_INVALID(1, Stage.INODES, "inode {inode} has an impossible mode or contents: mode {mode}", "clear the inode"),
    DIRECTORY_IN_DISGUISE(
            1, Stage.INODES, "inode {inode} has mode {mode}, but holds a directory", "make it a directory"),
    ATTRIBUTES_INVALID(1, Stage.INODES, "attributes in the record of inode {inode} are not valid", "drop them"),
    FLAGS_INVALID(
            1, Stage.INODES, "inode {inode} has flags that need a feature the image lacks: {flags}", "clear them"),
    FIELD_NOT_ZERO(1, Stage.INODES, "inode {inode} has a value in a field that must be 0", "clear"),
    EXTRA_SIZE_INVALID(1, Stage.INODES, "inode {inode} uses {found} bytes beyond 128, of {expected}", "set"),
    TIME_WRAPPED(1, Stage.INODES, "inode {inode} has a time after 2310, which is likely before 1970", "set"),
    BLOCKS_BEYOND_DEVICE(1, Stage.NEVER, "inode {inode} has at least {found} blocks beyond the end of the device", ""),
    SPECIAL_FILE_HAS_FLAGS(
            1,
            Stage.INODES,
            "special file or symbolic link {inode} is immutable or for appending: flags {flags}",
            "clear"),
    SPECIAL_FILE_HAS_SIZE(1, Stage.INODES, "special inode {inode} has a size: {found}", "set 0"),
    SYMLINK_INVALID(1, Stage.INODES, "symbolic link {inode} does not hold a name of {found} bytes", "clear the inode"),
    BLOCK_OUT_OF_RANGE(
            1, Stage.INODES, "inode {inode} points to block {block}, which the volume does not have", "clear"),
    METADATA_CLAIMED(1, Stage.INODES, "inode {inode} points to block {block}, which is filesystem metadata", "clear"),
    BLOCK_CLAIMED_TWICE(1, Stage.INODES, "inode {inode} points to block {block}, which {claimant} claims too", "copy"),
    TOO_MANY_BAD_POINTERS(1, Stage.INODES, "inode {inode} has too many wrong pointers", "clear the inode"),
    SIZE_TOO_LARGE(1, Stage.INODES, "inode {inode} has an impossible size of {found} bytes", "set {expected}"),
    DIRECTORY_SIZE_INVALID(1, Stage.INODES, "directory {inode} has {found} bytes, its blocks hold {expected}", "set"),
    DIRECTORY_WITHOUT_BLOCKS(1, Stage.INODES, "directory {inode} has no blocks", "clear the inode"),
    DIRECTORY_HOLE(1, Stage.DIRECTORIES, "directory {inode} has no block for {found} of its blocks", "fill"),
    HASH_INDEX_INVALID(1, Stage.INODES, "directory {inode} has an invalid index", "drop the index"),
    XATTR_BLOCK_INVALID(1, Stage.INODES, "attribute block {block} of inode {inode} is not valid", "drop it"),

    // ---- Pass 2: directories ----
    DIRECTORY_NAMED_TWICE(
            2, Stage.BENIGN, "directory {other} has a second name, '{name}' in directory {inode}", "remove this one"),
    DIRECTORY_NAMED_BY_STRANGERS(
            2, Stage.DIRECTORIES, "directory {other} is named '{name}' in directory {inode}, and elsewhere", "remove"),
    ENTRY_CORRUPT(
            2,
            Stage.DIRECTORIES,
            "directory {inode}, block {block}, offset {offset}: {name}",
            "keep what goes on behind it"),
    DOT_WRONG(2, Stage.DIRECTORIES, "directory {inode} does not begin with '.'", "set"),
    DOT_DOT_MISSING(2, Stage.DIRECTORIES, "directory {inode} does not go on with '..'", "set"),
    ENTRY_INODE_INVALID(
            2, Stage.DIRECTORIES, "entry '{name}' in directory {inode} names the impossible inode {found}", "remove"),
    ENTRY_INODE_UNUSED(
            2,
            Stage.DIRECTORIES,
            "entry '{name}' in directory {inode} names inode {found}, which is not in use",
            "remove"),
    ENTRY_NAME_INVALID(2, Stage.DIRECTORIES, "entry '{name}' in directory {inode} has an impossible name", "remove"),
    ENTRY_DOT_REPEATED(2, Stage.DIRECTORIES, "directory {inode} has another entry '{name}'", "remove"),
    ENTRY_NAMES_ROOT(2, Stage.DIRECTORIES, "entry '{name}' in directory {inode} names the root directory", "remove"),
    ENTRY_TYPE_WRONG(
            2, Stage.DIRECTORIES, "entry '{name}' in directory {inode} has file type {found}, not {expected}", "set"),
    ENTRY_TYPE_UNSET(
            2,
            Stage.DIRECTORIES,
            "entry '{name}' in directory {inode} has no file type, should have {expected}",
            "set"),
    ENTRY_NAME_REPEATED(2, Stage.DIRECTORIES, "entry '{name}' is twice in directory {inode}", "remove the second"),
    HASH_TREE_INVALID(2, Stage.DIRECTORIES, "index of directory {inode} does not lead to its names", "drop the index"),

    // ---- Pass 3: connectivity ----
    DOT_DOT_WRONG(3, Stage.TREE, "'..' of directory {inode} is {found}, not {expected}", "set"),
    DIRECTORY_LOOP(3, Stage.TREE, "directory {inode} is in a loop of directories", "reconnect to lost+found"),
    LOST_AND_FOUND_INVALID(3, Stage.TREE, "lost+found (inode {inode}) is not a directory", "remove the name"),
    LOST_AND_FOUND_FULL(3, Stage.NEVER, "inode {inode} cannot be reconnected: no space for lost+found", ""),

    // ---- Pass 4: link counts ----
    UNNAMED_INODE(4, Stage.BENIGN, "inode {inode} has no name", "reconnect to lost+found"),
    UNNAMED_EMPTY_INODE(4, Stage.BENIGN, "inode {inode} has no name and no contents", "free"),
    LINK_COUNT_TOO_HIGH(4, Stage.BENIGN, "inode {inode} counts {found} links, has {expected}", "set"),
    LINK_COUNT_TOO_LOW(4, Stage.COUNTS, "inode {inode} counts {found} links, has {expected}", "set"),

    // ---- Pass 5: bitmaps and totals ----
    BLOCK_LEAKED(5, Stage.BENIGN, "{found} blocks from {block} on are marked, but nothing uses them", "free"),
    BLOCK_NOT_MARKED(5, Stage.COUNTS, "{found} blocks from {block} on are in use, but not marked", "mark"),
    INODE_LEAKED(5, Stage.BENIGN, "{found} inodes from {inode} on are marked, but not in use", "free"),
    INODE_NOT_MARKED(5, Stage.COUNTS, "inode {inode} is in use, but not marked", "mark"),
    BITMAP_PADDING(5, Stage.COUNTS, "bitmap in block {block} has clear bits beyond its end", "set"),
    FREE_BLOCKS_WRONG(5, Stage.BENIGN, "group {block} counts {found} free blocks, has {expected}", "set"),
    FREE_INODES_WRONG(5, Stage.BENIGN, "group {block} counts {found} free inodes, has {expected}", "set"),
    DIRECTORIES_WRONG(5, Stage.BENIGN, "group {block} counts {found} directories, has {expected}", "set"),
    TOTAL_FREE_BLOCKS_WRONG(5, Stage.BENIGN, "superblock counts {found} free blocks, there are {expected}", "set"),
    TOTAL_FREE_INODES_WRONG(5, Stage.BENIGN, "superblock counts {found} free inodes, there are {expected}", "set");

    /** When a problem is mended; a stage runs only when nothing of an earlier one is left. */
    enum Stage {
        VOLUME,
        INODES,
        DIRECTORIES,
        TREE,
        /** Damage that is mended together with what is benign. */
        COUNTS,
        BENIGN,
        /** Cannot be mended. */
        NEVER
    }

    private final int pass;
    private final Stage stage;
    private final String text;
    private final String remedy;
    private final String slug;

    ProblemKind(int pass, Stage stage, String text, String remedy) {
        this.pass = pass;
        this.stage = stage;
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
        return stage == Stage.BENIGN ? Severity.BENIGN : Severity.DAMAGE;
    }

    @Override
    public String slug() {
        return slug;
    }

    Stage stage() {
        return stage;
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
