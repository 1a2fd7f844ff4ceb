package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.Choices;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All fields of the metadata of one volume, each with values that it might have by mistake: 0, 1, all ones, one more, one bit over,
 * what a neighbour has, and by chance.
 */
final class FieldSweep {

    /**
     * One change of one field.
     *
     * @param where the field, in words, without numbers that only this volume has
     */
    record Change(String where, int offset, int bytes, int value) {
        void make(byte[] b) {
            switch (bytes) {
                case 1 -> b[offset] = (byte) value;
                case 2 -> LittleEndian.put16(b, offset, value);
                default -> LittleEndian.put32(b, offset, value);
            }
        }

        @Override
        public String toString() {
            return "%s = %#x (byte %d)".formatted(where, value, offset);
        }
    }

    private static final int SUPERBLOCK_BYTES_WITH_FIELDS = 0x288;

    /** Fields of the superblock up to the features that have two bytes; the others have four. */
    private static final Set<Integer> HALVES = Set.of(
            Format.S_MNT_COUNT,
            Format.S_MAGIC,
            Format.S_ERRORS,
            Format.S_DEF_RESUID,
            Format.S_INODE_SIZE,
            Format.S_PREALLOC_BLOCKS,
            Format.S_DEF_HASH_VERSION,
            Format.S_MIN_EXTRA_ISIZE,
            Format.S_LOG_GROUPS_PER_FLEX);

    private final Surgery s;
    private final Choices choices;
    private final List<Change> changes = new ArrayList<>();

    private FieldSweep(Surgery s, int seed) {
        this.s = s;
        this.choices = Choices.seeded(seed);
    }

    /** All changes of a volume. */
    static List<Change> of(Surgery volume, int seed) {
        FieldSweep sweep = new FieldSweep(volume, seed);
        sweep.superblock(Surgery.SUPERBLOCK, "superblock");
        sweep.descriptors();
        sweep.inodes();
        return sweep.changes;
    }

    private void superblock(int at, String name) {
        for (int field = 0; field < SUPERBLOCK_BYTES_WITH_FIELDS; field += 4) {
            if (HALVES.contains(field)) {
                field(name + " " + hex(field), at + field, 2);
                field(name + " " + hex(field + 2), at + field + 2, 2);
            } else {
                field(name + " " + hex(field), at + field, 4);
            }
        }
        bits(name + " compat", at + Format.S_FEATURE_COMPAT);
        bits(name + " incompat", at + Format.S_FEATURE_INCOMPAT);
        bits(name + " ro_compat", at + Format.S_FEATURE_RO_COMPAT);
    }

    private void descriptors() {
        for (int group = 0; group < s.geometry.groupCount(); group += Math.max(1, s.geometry.groupCount() - 1)) {
            for (int field = 0; field < Format.DESCRIPTOR_BYTES; field += field < 12 ? 4 : 2) {
                field("descriptor " + hex(field), s.descriptorOffset(group) + field, field < 12 ? 4 : 2);
            }
        }
    }

    /** All that are reserved, and the first two of each kind. */
    private void inodes() {
        Set<String> seen = new LinkedHashSet<>();
        for (int inode = 1; inode <= s.geometry.inodeCount(); inode++) {
            int at = s.inodeOffset(inode);
            boolean reserved = inode < s.geometry.firstInode() && inode != Format.ROOT_INODE;
            if (!reserved && InodeRecord.linkCount(s.b, at) == 0) {
                continue;
            }
            String kind = reserved ? "inode " + inode : kind(at);
            if (seen.add(kind) || seen.add(kind + " again")) {
                record(kind, at);
                blocks(kind, inode, at);
            }
        }
    }

    private String kind(int at) {
        int type = InodeRecord.entryType(InodeRecord.mode(s.b, at));
        boolean directory = type == Format.TYPE_DIRECTORY;
        int depth = 0;
        for (int i = Format.SINGLE_INDIRECT; i < Format.POINTER_COUNT; i++) {
            depth = InodeRecord.pointer(s.b, at, i) == 0 ? depth : i - Format.SINGLE_INDIRECT + 1;
        }
        boolean ownAttributes = s.geometry.inodeSizeBytes() > 128
                && LittleEndian.s32(s.b, at + 128 + InodeRecord.extraSize(s.b, at, s.geometry.inodeSizeBytes()))
                        == Format.XATTR_MAGIC;
        return switch (type) {
                    case Format.TYPE_REGULAR -> "file";
                    case Format.TYPE_DIRECTORY -> "directory";
                    case Format.TYPE_SYMLINK -> InodeRecord.isFastSymlink(s.b, at) ? "fast link" : "slow link";
                    default -> "special " + type;
                }
                + (depth > 0 && !directory ? " of depth " + depth : "")
                + (directory && (InodeRecord.flags(s.b, at) & Format.INODE_INDEX) != 0 ? " with index" : "")
                + (InodeRecord.xattrBlock(s.b, at) != 0 ? " with attribute block" : "")
                + (ownAttributes ? " with attributes" : "");
    }

    private void record(String kind, int at) {
        int size = s.geometry.inodeSizeBytes();
        for (int field = 0; field < size; field += 4) {
            if (field == Format.I_MODE || field == Format.I_GID || field >= Format.I_BLOCKS_HIGH) {
                field(kind + " " + hex(field), at + field, 2);
                field(kind + " " + hex(field + 2), at + field + 2, 2);
            } else {
                field(kind + " " + hex(field), at + field, 4);
            }
        }
        bits(kind + " flags", at + Format.I_FLAGS);
        for (int type = 0; type < 16; type++) {
            add(kind + " mode", at + Format.I_MODE, 2, type << 12 | 7);
        }
    }

    private void bits(String where, int offset) {
        for (int bit = 0; bit < 32; bit++) {
            add(where, offset, 4, LittleEndian.s32(s.b, offset) ^ 1 << bit);
        }
    }

    private void blocks(String kind, int inode, int at) {
        int attributes = InodeRecord.xattrBlock(s.b, at);
        if (s.geometry.isBlock(attributes)) {
            for (int field = 0; field < 0x80; field += field < 0x20 ? 4 : 2) {
                field("attribute block " + hex(field), s.blockOffset(attributes) + field, field < 0x20 ? 4 : 2);
            }
        }
        if (InodeRecord.isDirectory(s.b, at)) {
            boolean index = (InodeRecord.flags(s.b, at) & Format.INODE_INDEX) != 0;
            for (int i = 0; i < 3 && s.blockOf(inode, i) != 0; i++) {
                int block = s.blockOffset(s.blockOf(inode, i));
                entries("entry", block);
                for (int field = 0; index && field < 0x40; field += 4) {
                    field("index " + (i == 0 ? "root " : "block ") + hex(field), block + field, 4);
                }
            }
        }
        int indirect = InodeRecord.hasBlockPointers(s.b, at) ? s.pointer(inode, Format.SINGLE_INDIRECT) : 0;
        for (int field = 0; s.geometry.isBlock(indirect) && field < 16; field += 4) {
            field(kind + " indirect " + field / 4, s.blockOffset(indirect) + field, 4);
        }
    }

    /** The first four entries of a block and the last. */
    private void entries(String kind, int block) {
        int count = 0;
        for (int at = block; at < block + s.blockSize; at += DirectoryEntry.recordLength(s.b, at)) {
            boolean last = at + DirectoryEntry.recordLength(s.b, at) >= block + s.blockSize;
            if (count++ < 4 || last) {
                String name = DirectoryEntry.isDot(s.b, at) ? ". " : DirectoryEntry.isDotDot(s.b, at) ? ".. " : "";
                String which = kind + " " + name + (last ? "last " : "");
                field(which + "inode", at, 4);
                field(which + "record length", at + Format.D_REC_LEN, 2);
                field(which + "name length", at + Format.D_NAME_LEN, 1);
                field(which + "type", at + Format.D_NAME_LEN + 1, 1);
                field(which + "name", at + Format.D_NAME, 1);
                add(which + "name", at + Format.D_NAME, 1, '/');
                field(which + "name", at + Format.D_NAME + 1, 1);
                for (int type = 0; type < 9; type++) {
                    add(which + "type", at + Format.D_NAME_LEN + 1, 1, type);
                }
            }
            if (DirectoryEntry.recordLength(s.b, at) == 0) {
                break;
            }
        }
    }

    private void field(String where, int offset, int bytes) {
        int held = held(offset, bytes);
        int ones = bytes == 4 ? -1 : (1 << 8 * bytes) - 1;
        int bits = 8 * bytes;
        Set<Integer> values = new LinkedHashSet<>(List.of(
                0,
                1,
                ones,
                ones >>> 1,
                held + 1 & ones,
                held - 1 & ones,
                held ^ 1 << choices.choose("bit", bits),
                held ^ 1 << choices.choose("bit", bits),
                choices.choose("number", 1 << 10) & ones,
                1 + choices.choose("inode", 40) & ones));
        if (bytes == 4) {
            values.add(30 + choices.choose("block", s.geometry.blockCount() - 30));
            values.add(LittleEndian.s32(s.b, offset + 4));
        }
        values.remove(held);
        for (int value : values) {
            add(where, offset, bytes, value);
        }
    }

    private int held(int offset, int bytes) {
        return switch (bytes) {
            case 1 -> s.b[offset] & 0xFF;
            case 2 -> LittleEndian.u16(s.b, offset);
            default -> LittleEndian.s32(s.b, offset);
        };
    }

    private void add(String where, int offset, int bytes, int value) {
        if (held(offset, bytes) != value) {
            changes.add(new Change(where, offset, bytes, value));
        }
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
