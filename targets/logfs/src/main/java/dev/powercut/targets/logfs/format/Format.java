package dev.powercut.targets.logfs.format;

/**
 * The disk format of logfs, revision 1: the whole of it.
 *
 * <pre>
 * volume      | superblock | checkpoint A | segment 0 | segment 1 | … | segment n-1 | (unused) | checkpoint B | backup |
 *             block 0        block 1 …      first segment block                                                last block
 *
 * segment     | partial write | partial write | partial write | (unused tail) |        nothing in it is overwritten in place
 *
 * partial     | summary | payload block 0 | payload block 1 | … |                      contiguous, within one segment
 * write         └ says what each payload block is, and at which block the next partial write's summary will be
 *
 * group       one or more partial writes, the last of which has the flag END: takes effect as a whole or not at all
 *
 * checkpoint  | header (1 sector) | inode map pointers, usage pointers … zero | tail sequence |   whole sectors
 *
 * to a file   checkpoint ─▶ inode map block ─▶ inode block, slot ─▶ extents ─▶ data or directory blocks
 *                                                    └─▶ extent blocks, when the extents do not fit into the inode record
 * </pre>
 *
 * <h2>Units and encoding</h2>
 *
 * Integers are little-endian. u8, u16, u32, u64 are unsigned, s64 is signed; of a u64 only the lower 63 bits are used. A
 * <i>block address</i> is a u32 that counts blocks of {@link #SB_BLOCK_SIZE} bytes from the beginning of the volume; 0, where the
 * superblock is, means "none". Addresses stay below 2<sup>31</sup> (8 TiB of 4 KiB blocks), so that they are positive in 32 bits
 * everywhere. Times are s64 nanoseconds since 1970-01-01T00:00:00Z (years 1677 to 2262). Bytes that no field covers are written as
 * zero and ignored when read.
 *
 * <p>Every <i>checksum</i> is CRC-32C (Castagnoli, polynomial 0x1EDC6F41, reflected, initial value and final xor 0xFFFFFFFF: RFC 3720)
 * over the 8 bytes of the {@linkplain #SB_VOLUME_ID volume id}, little-endian, followed by the bytes that the field's description
 * names; where the checksum field lies within them it counts as four zero bytes.
 *
 * <h2>Superblock</h2>
 *
 * One sector of {@link #SUPERBLOCK_BYTES} bytes at the beginning of block 0, and the same bytes at the beginning of the block {@link
 * #SB_BACKUP_BLOCK}, the last whole block of the volume. mkfs writes it, and nothing ever changes it, so it needs no order. A reader
 * that finds the first one damaged looks for the backup: for each block size in the last whole block of the device.
 *
 * <h2>Checkpoint regions</h2>
 *
 * Two regions of {@link #SB_CHECKPOINT_BLOCKS} blocks each, A at {@link #SB_CHECKPOINT_A} and B at {@link #SB_CHECKPOINT_B}, one at
 * either end of the volume. The checkpoint with an even sequence number goes to A, one with an odd number to B, so that the
 * next to newest is whole while the newest is written. These and nothing else are overwritten in place. (A repair that finds no room but in
 * holes that were not announced first sets {@link #CP_THREADED} in the newest checkpoint: its header, a sector, is written anew.)
 *
 * <p>With I inode map pointers and U usage pointers a checkpoint is {@code L = 512 × (1 + ceil((4 I + 4 U + 8) / 512))} bytes long:
 * the header in the first sector; from byte 512 on the I addresses of inode map blocks, then the U addresses of usage blocks; zeroes; in
 * the last 8 bytes, from {@code L - 8} on, the sequence number again. The header is a sector, and so atomic: what it says of itself is of
 * one checkpoint, and only what follows can be torn off. The checksum is over all L bytes.
 *
 * <p>A checkpoint is valid when: magic, {@link #CP_SEQUENCE} at its head equal to that at its tail, checksum; U equal to the number of
 * usage blocks of the volume, I at most that of inode map blocks; {@link #CP_NEXT} within a segment, {@link #CP_NEXT_END} above it and at most that segment's end. The valid one with the greater
 * sequence number counts; of two with the same number, one of which must be where its number does not go, the one in A. mkfs writes both, with the same contents and successive numbers. Where mkfs finds an old logfs on the device,
 * it begins with numbers above the old ones, so that nothing old in the segments can be taken for the log.
 *
 * <p>A map pointer of 0: no inode of that block was ever used (all its entries are zero). A usage pointer of 0: nothing was ever written
 * in the segments of that block (all its entries are zero).
 *
 * <h2>Segments and partial writes</h2>
 *
 * Segment k is the blocks from {@code first segment block + k × segment blocks} on. The device's blocks between the last segment and
 * checkpoint B are unused.
 *
 * <p>A partial write is a summary block followed by 1 or more payload blocks (0 only with END, when a group had been begun and has nothing
 * more to say), in one device request, within one segment. Its summary ({@link #SUM_MAGIC} …) has an {@linkplain #ENTRY_BYTES entry}
 * for each payload block in order; a summary fills its block, so a partial write has at most {@code (block size - 64) / 24} payload
 * blocks. {@link #SUM_CHECKSUM} is over the whole summary block; {@link #SUM_PAYLOAD_CHECKSUM} over the payload blocks, so that the cleaner
 * can trust a summary without reading all of the payload.
 *
 * <p>{@link #SUM_NEXT} is the block at which the next partial write's summary will be, wherever that is: directly after this one's
 * payload, at the beginning of another segment, or (with the threaded cleaner) in a hole of a used segment. It is always the address
 * of a block in a segment. {@link #SUM_NEXT_END} is where the room for it ends (a block address, exclusive); it is above next and at
 * most the end of that segment.
 *
 * <p>{@link #SUM_SEQUENCE} counts partial writes from mkfs on without gaps; {@link #SUM_CHECKPOINT} is the sequence number of the
 * checkpoint that the partial write follows: the newest one when it is written. Those that recovery or fsck write have the number of the
 * checkpoint that they are about to write, and the flag {@link #FLAG_RECOVERY}: they take effect through that checkpoint alone, and are never
 * rolled forward. (A recovery that is cut short leaves partial writes with the number of a checkpoint that the next one gives to its own, so
 * that the number would not tell them from the log behind that.)
 *
 * <h2>Payload blocks, by kind</h2>
 *
 * <ul>
 *   <li>{@link #KIND_DATA}: a block of a regular file or of a long symbolic link. Offset in the entry: file block number.
 *   <li>{@link #KIND_DIRECTORY}: a block of a directory. Offset: file block number.
 *   <li>{@link #KIND_EXTENTS}: a block of an extent tree. Offset: {@code level × 2^32 + index in its level}; level 0 holds extents.
 *   <li>{@link #KIND_INODES}: up to {@code block size / 256} inode records, from slot 0 on; a record with inode number 0 ends them. Inode,
 *       version and offset in the entry are 0: each record says whose it is.
 *   <li>{@link #KIND_OPERATIONS}: directory operation records. Inode, version 0; offset: 0.
 *   <li>{@link #KIND_INODE_MAP}: block {@code offset} of the inode map. Inode and version 0.
 *   <li>{@link #KIND_USAGE}: block {@code offset} of the segment usage table. Inode and version 0.
 * </ul>
 *
 * <h2>Inodes</h2>
 *
 * Inode numbers run from 1 to {@link #SB_INODE_COUNT}; {@link #ROOT_INODE} is the root. The inode map has an entry ({@link #MAP_BLOCK}
 * …) for each number n, at index {@code n % p} of map block {@code n / p}, where {@code p = block size / 16}; entry 0 is unused. An entry
 * whose block is 0 is of a number that is free; its version is that of its last owner, 0 when it never had one. Who gets a number anew
 * gets the version plus 1. So number and version name a file for ever, and a block whose summary entry has another version than the
 * inode map is dead.
 *
 * <p>An inode without links is never on the disk: while a program still has it open its map entry says that it is free, and its blocks
 * count as dead. (The running system keeps them nevertheless; after a crash they are free by themselves.)
 *
 * <p>A record ({@link #INO_NUMBER} …) ends in an area of {@link #INO_AREA_BYTES} bytes, used in one of three ways. (1) Symbolic links whose
 * target has at most 160 bytes: the target; no extents. (A longer one is in block 0 of the file, which it fits into.)
 * (2) {@link #INO_DEPTH} 0: the extents, at most 10. (3) Depth d from 1 on: the
 * addresses (u32 each) of the top blocks of the extent tree, at most 40. Blocks of level 0 hold extents, {@code block size / 16} each; blocks
 * of level l > 0 hold addresses (u32) of blocks of level l - 1, {@code block size / 4} each; d = levels, so the area holds the addresses of
 * level d - 1. Each level is filled from the left: all but its last block are full. The number of extents, {@link #INO_EXTENT_COUNT}, so
 * tells the number of blocks on each level; d is the least with which the top level has at most 40 blocks.
 *
 * <p>An extent ({@link #EXT_FILE_BLOCK} …) maps a run of file blocks to a run of addresses, which may go beyond a segment's end only if
 * the next segment follows on (runs are of data blocks only: summaries are never part of them). Extents are in ascending order of file
 * blocks, do not overlap, and are not empty; what no extent maps is a hole, and reads as zeroes. Of a file whose size is not a multiple of
 * the block size, bytes beyond the size in the last block have no meaning. Of a
 * regular file, extents may map blocks from {@code ceil(size / block size)} on: data that went out before the size that covers it, which a
 * power cut then kept from being written. They count as live, but are no part of the file; who writes its record next leaves them out.
 *
 * <h2>Directories</h2>
 *
 * A directory's size is a multiple of the block size; no block is a hole; a new one has size 0. Records ({@link #DIR_INODE} …)
 * tile each block; their lengths are multiples of 4. A record with inode 0 is free space. There are no entries "." and "..": the inode
 * record names the {@linkplain #INO_PARENT parent} (the root its own number). Names are unique in a directory, 1 to 255 bytes, without
 * byte 0 and '/', and neither "." nor "..". A directory's link count is 2 plus the number of directories in it.
 *
 * <h2>Segment usage table</h2>
 *
 * An entry ({@link #USE_LIVE} …) for each segment k, at index {@code k % q} of usage block {@code k / q}, where {@code q = block size / 16}.
 * Live bytes of a segment are: block size for each data, directory and extent block in it that an inode in the inode map leads to; plus {@link
 * #INODE_BYTES} for each inode record in it that the inode map leads to; never more than the segment's bytes. Summaries and operation records are never live. Blocks
 * of the inode map and of this table itself are <i>not</i> counted in the table (else writing it would change it): whoever reads it adds the
 * block size for each of the checkpoint's pointers. A segment may be written to anew when it has no live bytes by the newest durable checkpoint,
 * is not pointed to by that checkpoint, and does not hold the log from that checkpoint on.
 *
 * <h2>Order of writes</h2>
 *
 * A group goes out as its partial writes, in order, and needs no flush between them; a promise (fsync) needs one flush after the group. A
 * checkpoint: a group with everything that is dirty, the inode map and the usage table; flush; the region; flush; from then on the segments
 * that have become free may be reused. The log goes to a hole only when the table of the newest durable checkpoint has the segment as {@link
 * #USAGE_THREADED}, or all are by {@link #CP_THREADED}, and all of the hole is dead by that checkpoint: of several writes into holes a power cut may leave the last and lose the
 * first, and then no summary leads to what they overwrote. The first thing that a mount writes is a checkpoint, so that partial writes that a former mount left
 * behind the end of the log (they have that mount's checkpoint number) can never be taken for its continuation.
 *
 * <h2>Recovery: rolling forward</h2>
 *
 * From the newest valid checkpoint, with sequence number c: expect at {@link #CP_NEXT} the partial write number {@link #CP_NEXT_SEQUENCE}.
 *
 * <pre>
 * reading the log, one summary after the other
 *  A  the block is no summary (magic, own address, count of blocks, next out of range) ......... the log ends here
 *  B  summary checksum wrong .................................................................... the log ends here
 *  C  checkpoint number is not c, not the expected sequence number, or flag RECOVERY ............ the log ends here
 *  D  payload checksum wrong (torn) .............................................................. the log ends here
 *  E  whole, without END ....................... belongs to the group; go on at "next", expect the next number
 *  F  whole, with END .......................... its group counts: it has taken effect; go on as in E
 *  G  the log ends within a group .............. that group is dropped; the log's end is where its first summary is
 *
 * inode records of all groups that count
 *  H  version at least that in the inode map ... becomes the inode's record; of several, the last one in the log
 *  I  version below that in the inode map ...... ignored
 *
 * operations, in order; "written" means: the log from c on has a record of the inode in this group or a later one
 *  J  directory written ........................ it has the change already
 *  K  directory in use, not written ............ change done: the name is removed or set, link count and times of the directory
 *  L  directory not in use, or no directory .... nothing to change
 *  M  inode written with that version, count > 0  it has the change already
 *  N  inode in use with that version, count > 0  link count and change time as in the operation; of a moved directory the parent
 *  O  inode in use with that version, count 0 .. freed
 *  P  map has a lower version .................. the file came and went, or is not in the log: map's version is raised, stays free
 *  Q  map has a higher version ................. nothing: the number has a new owner
 *     map has that version, number free ........ nothing: an earlier record was of case O or P
 *  R  in the end, a name set by K, and not set again by a later K, whose inode is not in use with that version:
 *     undone ................................... the name is removed
 *
 * what no filesystem writes, under checksums that are right, in groups that count: the volume is damaged, and a mount refuses it
 *  S  a record of an inode number beyond {@link #SB_INODE_COUNT}, or with a version below 1
 *  T  operations: {@link #OPS_USED} not from 8 to the block size; a record beyond it, or of no multiple of 8 bytes, or too short for
 *     its names; a number of a directory (but 0) or of an inode out of range; a name that cannot be one; a version below 1; more than
 *     {@link #MAX_LINKS} links
 *  U  what H replaces, or N or O changes, is no sound record: its place, number, version, mode, size, links, extents, or its directory blocks
 * </pre>
 *
 * <p>J to L are asked of both directories of a record, first of {@link #OP_FROM_DIRECTORY}; M to Q then of both inodes, first of {@link
 * #OP_INODE}. In K a directory's link count goes down by 1 when a directory's name is removed from it or replaced in it, and up by 1 when
 * one is set, as the types in the entries say (what is replaced by a directory is one); a name that is not there is not removed, and no time set; R takes that back (and has nothing to do where a later K removed the name). H looks at the map as the records before it left it, and M to Q at what H made of it.
 *
 * <p>The inode map and usage table blocks in the log from c on are ignored. With nothing but J and M, or no group at all, the image is as
 * it should be; when any group counted, recovery writes, from the log's end on, the directories and inodes that K, N and R changed, the
 * changed blocks of the inode map and the usage table, and then checkpoint c + 1. Cut in between, the next recovery finds the same log again,
 * since what recovery wrote has checkpoint number c + 1; and when checkpoint c + 1 is there, what a recovery that was cut short has left
 * behind the log's end is no part of the log, since it has the flag RECOVERY (both case C).
 *
 * <p>Sources: M. Rosenblum, J. Ousterhout, "The Design and Implementation of a Log-Structured File System", ACM TOCS 10(1), 1992,
 * for the structure; the layout is our own.
 */
public final class Format {

    private Format() {}

    // ---- Volume ----

    /** Least block: holds the longest operation record, and a summary worth its block. */
    public static final int MIN_BLOCK_SIZE_BYTES = 1024;

    /** Greatest block: a page of memory. Sizes are powers of two. */
    public static final int MAX_BLOCK_SIZE_BYTES = 4096;

    /** 4 KiB: a page is a block. */
    public static final int DEFAULT_BLOCK_SIZE_BYTES = 4096;

    /** 256 KiB: writing one takes several times as long as a flush, and one fits into memory some hundred times. */
    public static final int DEFAULT_SEGMENT_BYTES = 256 << 10;

    /** Least segment: below, summaries take more than an eighth. */
    public static final int MIN_SEGMENT_BLOCKS = 8;

    /** Greatest segment: its live bytes fit into 31 bits, and cleaning one stays a matter of a moment. */
    public static final int MAX_SEGMENT_BLOCKS = 4096;

    /** Least number of segments: the reserve alone takes ten. */
    public static final int MIN_SEGMENTS = 16;

    /**
     * Most segments: what a mount keeps of each, some 30 bytes, stays at 32 MiB. With the longest segments that is 16 TiB of 4 KiB blocks, more than
     * addresses reach, so it bounds no volume whose segments may be chosen.
     */
    public static final int MAX_SEGMENTS = 1 << 20;

    /** Most blocks of a volume: addresses are positive in 32 bits. */
    public static final int MAX_BLOCKS = Integer.MAX_VALUE;

    /** Least number of inodes: a block of them, among which fsck finds one for lost+found. */
    public static final int MIN_INODES = 16;

    public static final int ROOT_INODE = 1;

    /** Names of one file; keeps counts far from overflow. */
    public static final int MAX_LINKS = 65_000;

    /** Largest file: 2^62 bytes, so that sums of an offset and a length stay positive. */
    public static final long MAX_FILE_BYTES = 1L << 62;

    /** Longest name in bytes: its length is a u8. */
    public static final int MAX_NAME_BYTES = 255;

    // ---- Superblock ----

    /** A sector: atomic, so there is never half a superblock. */
    public static final int SUPERBLOCK_BYTES = 512;

    /** "LOGFSv1" and a zero, as a little-endian u64. */
    public static final long SUPERBLOCK_MAGIC = 0x0031_7653_4647_4F4CL;

    /** u64. {@link #SUPERBLOCK_MAGIC}. */
    public static final int SB_MAGIC = 0;
    /** u32. {@link #REVISION}. */
    public static final int SB_REVISION = 8;
    /** u32. Over the 512 bytes. */
    public static final int SB_CHECKSUM = 12;
    /** u64. Differs between volumes; begins each checksum. */
    public static final int SB_VOLUME_ID = 16;
    /** u32. Bytes in a block. */
    public static final int SB_BLOCK_SIZE = 24;
    /** u32. Blocks of the volume: the device's whole blocks, or fewer. */
    public static final int SB_BLOCK_COUNT = 28;
    /** u32. Blocks in a segment. */
    public static final int SB_SEGMENT_BLOCKS = 32;
    /** u32. Segments. */
    public static final int SB_SEGMENT_COUNT = 36;
    /** u32. First block of segment 0. */
    public static final int SB_FIRST_SEGMENT = 40;
    /** u32. Blocks of a checkpoint region. */
    public static final int SB_CHECKPOINT_BLOCKS = 44;
    /** u32. First block of checkpoint region A. */
    public static final int SB_CHECKPOINT_A = 48;
    /** u32. First block of checkpoint region B. */
    public static final int SB_CHECKPOINT_B = 52;
    /** u32. Block of the backup superblock. */
    public static final int SB_BACKUP_BLOCK = 56;
    /** u32. Greatest inode number. */
    public static final int SB_INODE_COUNT = 60;
    /** u32. Segments that files may not fill: room for the cleaner, for checkpoints, and for tables and extent blocks. */
    public static final int SB_RESERVE_SEGMENTS = 64;
    /** s64. When mkfs ran, 0 when it did not know. */
    public static final int SB_CREATED = 72;
    /** 32 bytes. Label in UTF-8, filled up with zeroes. */
    public static final int SB_LABEL = 80;

    /** Bytes of a label: sixteen, as ext2 and XFS have at most, may each be a letter of two bytes. */
    public static final int LABEL_BYTES = 32;

    /** The one that this class describes. A reader refuses any other: what is new in it, it cannot know. */
    public static final int REVISION = 1;

    // ---- Checkpoint ----

    /** "LCKP". */
    public static final int CHECKPOINT_MAGIC = 0x504B_434C;

    /** u32. {@link #CHECKPOINT_MAGIC}. */
    public static final int CP_MAGIC = 0;
    /** u32. Over all bytes of the checkpoint. */
    public static final int CP_CHECKSUM = 4;
    /** u64. Sequence number, at the head. */
    public static final int CP_SEQUENCE = 8;
    /** s64. When it was written. */
    public static final int CP_TIME = 16;
    /** u64. Number of the first partial write after it. */
    public static final int CP_NEXT_SEQUENCE = 24;
    /** u32. Block at which that one's summary will be. */
    public static final int CP_NEXT = 32;
    /** u32. Inode map pointers. */
    public static final int CP_MAP_COUNT = 36;
    /** u32. Usage pointers: {@code ceil(segments / (block size / 16))}. */
    public static final int CP_USAGE_COUNT = 40;
    /** u32. Inodes in use (those that are open without links not counted). */
    public static final int CP_INODES_USED = 44;
    /** u32. Block before which that partial write ends: the segment's end, or that of the hole that the log goes through. */
    public static final int CP_NEXT_END = 48;
    /** u32. Live blocks of kind {@link #KIND_EXTENTS}: the reserve pays for them, so they do not count as used by files. */
    public static final int CP_EXTENT_BLOCKS = 52;
    /** u32. {@link #CP_THREADED}. */
    public static final int CP_FLAGS = 56;
    /** Where the pointers begin: behind the header's sector. */
    public static final int CP_POINTERS = 512;
    /** Bytes of a pointer. */
    public static final int POINTER_BYTES = 4;
    /** Bytes of the tail: the sequence number again. */
    public static final int CP_TAIL_BYTES = 8;

    /**
     * A repair is writing, or was cut short when it wrote, to dead blocks of segments of which the table does not say so: every segment in use counts as
     * {@link #USAGE_THREADED}.
     */
    public static final int CP_THREADED = 1;

    // ---- Summary ----

    /** "LSUM". */
    public static final int SUMMARY_MAGIC = 0x4D55_534C;

    /** u32. {@link #SUMMARY_MAGIC}. */
    public static final int SUM_MAGIC = 0;
    /** u32. Over the summary block. */
    public static final int SUM_CHECKSUM = 4;
    /** u64. Checkpoint that this follows. */
    public static final int SUM_CHECKPOINT = 8;
    /** u64. Number of the partial write. */
    public static final int SUM_SEQUENCE = 16;
    /** s64. When it was written. */
    public static final int SUM_TIME = 24;
    /** u32. The block in which this summary is. */
    public static final int SUM_ADDRESS = 32;
    /** u32. Block of the next partial write's summary. */
    public static final int SUM_NEXT = 36;
    /** u32. Payload blocks. */
    public static final int SUM_COUNT = 40;
    /** u32. Over the payload blocks. */
    public static final int SUM_PAYLOAD_CHECKSUM = 44;
    /** u32. {@link #FLAG_END}, {@link #FLAG_RECOVERY}. */
    public static final int SUM_FLAGS = 48;
    /** u32. Block before which the next partial write ends: its segment's end, or that of the hole that the log goes through. */
    public static final int SUM_NEXT_END = 52;
    /** Where the entries begin. */
    public static final int SUM_ENTRIES = 64;

    /** The last partial write of its group. */
    public static final int FLAG_END = 1;
    /** Written by recovery or fsck, on the way to a checkpoint: never rolled forward. */
    public static final int FLAG_RECOVERY = 2;

    /** Bytes of an entry. */
    public static final int ENTRY_BYTES = 24;
    /** u32 in an entry. What the block is. */
    public static final int ENTRY_KIND = 0;
    /** u32 in an entry. Inode number. */
    public static final int ENTRY_INODE = 4;
    /** u64 in an entry. Version of the inode. */
    public static final int ENTRY_VERSION = 8;
    /** u64 in an entry. Which block of its file, tree or table. */
    public static final int ENTRY_OFFSET = 16;

    public static final int KIND_DATA = 1;
    public static final int KIND_DIRECTORY = 2;
    public static final int KIND_EXTENTS = 3;
    public static final int KIND_INODES = 4;
    public static final int KIND_OPERATIONS = 5;
    public static final int KIND_INODE_MAP = 6;
    public static final int KIND_USAGE = 7;

    /** How far the level of an extent block is shifted in its entry's offset. */
    public static final int EXTENT_LEVEL_SHIFT = 32;

    // ---- Inode record ----

    /** Half a sector: four to sixteen in a block, and room for the targets of nearly all symbolic links. */
    public static final int INODE_BYTES = 256;

    /** u32. Inode number, 0 when the slot is empty. */
    public static final int INO_NUMBER = 0;
    /** u32. Type and permissions, as st_mode. */
    public static final int INO_MODE = 4;
    /** u64. Version, from 1 on. */
    public static final int INO_VERSION = 8;
    /** u32. Owner. */
    public static final int INO_UID = 16;
    /** u32. Group. */
    public static final int INO_GID = 20;
    /** u32. Names, of a directory 2 plus the directories in it. */
    public static final int INO_LINKS = 24;
    /** u32. Of a device node its number: major × 256 + minor. */
    public static final int INO_DEVICE = 28;
    /** u64. Size in bytes; of a symbolic link the length of its target. */
    public static final int INO_SIZE = 32;
    /** s64. atime. */
    public static final int INO_ACCESSED = 40;
    /** s64. mtime. */
    public static final int INO_MODIFIED = 48;
    /** s64. ctime. */
    public static final int INO_CHANGED = 56;
    /** s64. When the file was made. */
    public static final int INO_CREATED = 64;
    /** u32. Of a directory: inode number of the one above. */
    public static final int INO_PARENT = 72;
    /** u32. Levels of the extent tree. */
    public static final int INO_DEPTH = 76;
    /** u32. Extents. */
    public static final int INO_EXTENT_COUNT = 80;
    /** Extents, addresses of extent blocks, or the target of a short symbolic link. */
    public static final int INO_AREA = 96;

    public static final int INO_AREA_BYTES = INODE_BYTES - INO_AREA;

    /** Extents that fit into a record. */
    public static final int INLINE_EXTENTS = INO_AREA_BYTES / 16;

    /** Addresses that fit into a record. */
    public static final int INLINE_ADDRESSES = INO_AREA_BYTES / POINTER_BYTES;

    /** Bytes of an extent. */
    public static final int EXTENT_BYTES = 16;
    /** u64 in an extent. First file block. */
    public static final int EXT_FILE_BLOCK = 0;
    /** u32 in an extent. First address. */
    public static final int EXT_ADDRESS = 8;
    /** u32 in an extent. Blocks. */
    public static final int EXT_LENGTH = 12;

    // ---- Inode map ----

    /** Bytes of an entry. */
    public static final int MAP_ENTRY_BYTES = 16;
    /** u32. Address of the inode block; 0 when the number is free. */
    public static final int MAP_BLOCK = 0;
    /** u32. Slot in the inode block. */
    public static final int MAP_SLOT = 4;
    /** u64. Version of the present owner of the number, or of the last one. 63 bits never wrap. */
    public static final int MAP_VERSION = 8;

    // ---- Segment usage ----

    /** Bytes of an entry. */
    public static final int USAGE_ENTRY_BYTES = 16;
    /** u32. Live bytes. */
    public static final int USE_LIVE = 0;
    /** u32. {@link #USAGE_THREADED}. */
    public static final int USE_FLAGS = 4;
    /** s64. Time of the youngest change among its live data, in nanoseconds: the age that the cleaner sorts by. */
    public static final int USE_YOUNGEST = 8;

    /**
     * The log may have been threaded through this segment's holes, from the checkpoint on whose table says so: partial writes do not follow on
     * from its beginning, live blocks may have lost their summaries, and dead ones may be torn, with or without a summary that tells of it.
     */
    public static final int USAGE_THREADED = 1;

    // ---- Directory block ----

    /** u32. Inode number, 0 for free space. */
    public static final int DIR_INODE = 0;
    /** u16. Bytes from this record to the next, a multiple of 4, at least 8 plus the name. */
    public static final int DIR_LENGTH = 4;
    /** u8. Bytes of the name. */
    public static final int DIR_NAME_LENGTH = 6;
    /** u8. Type of the file: its mode shifted right by 12. */
    public static final int DIR_TYPE = 7;
    /** The name. */
    public static final int DIR_NAME = 8;

    // ---- Directory operations ----

    /** u32. At the beginning of a block of records: bytes used in it, this header of 8 bytes included; records follow without gaps. */
    public static final int OPS_USED = 0;

    public static final int OPS_RECORDS = 8;

    /** u16. Length of the record, a multiple of 8. */
    public static final int OP_LENGTH = 0;
    /** u8. {@link #OP_CREATE} …: for people; what to do follows from the other fields. */
    public static final int OP_KIND = 2;
    /** u8. Type of the inode: its mode shifted right by 12. */
    public static final int OP_TYPE = 3;
    /** u8. Bytes of the name that is removed. */
    public static final int OP_FROM_NAME_LENGTH = 4;
    /** u8. Bytes of the name that is set. */
    public static final int OP_TO_NAME_LENGTH = 5;
    /** s64. When: the directories' mtime and ctime, the inodes' ctime. */
    public static final int OP_TIME = 8;
    /** u32. The inode that the name is of. */
    public static final int OP_INODE = 16;
    /** u32. Its link count after the operation. */
    public static final int OP_LINKS = 20;
    /** u64. Its version. */
    public static final int OP_VERSION = 24;
    /** u32. Directory from which a name is removed; 0 for none. */
    public static final int OP_FROM_DIRECTORY = 32;
    /** u32. Directory in which a name is set, replacing any entry of that name; 0 for none. */
    public static final int OP_TO_DIRECTORY = 36;
    /** u32. Inode that loses the name that is set; 0 for none. */
    public static final int OP_REPLACED = 40;
    /** u32. Its link count after the operation. */
    public static final int OP_REPLACED_LINKS = 44;
    /** u64. Its version. */
    public static final int OP_REPLACED_VERSION = 48;
    /** The name that is removed, directly followed by the name that is set. */
    public static final int OP_NAMES = 56;

    public static final int OP_CREATE = 1;
    public static final int OP_LINK = 2;
    public static final int OP_UNLINK = 3;
    public static final int OP_RMDIR = 4;
    public static final int OP_RENAME = 5;
}
