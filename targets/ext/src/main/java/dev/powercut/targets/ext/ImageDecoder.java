package dev.powercut.targets.ext;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.journal.JournalBlock;
import dev.powercut.targets.ext.journal.JournalFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sectors of an image in words, for people. */
final class ImageDecoder {

    private static final BlockKind UNKNOWN = new BlockKind("unknown");
    private static final int BITS_PER_SECTOR = Sector.BYTES * 8;
    private static final int GIST_BYTES = 32;

    private final ImageView view;
    private final Geometry geometry;
    private final int block;
    /** Offset of the sector in its block. */
    private final int from;

    private final int to;
    private final byte[] b;
    private final List<String> lines = new ArrayList<>();

    private ImageDecoder(ImageView view, long sector) {
        this.view = view;
        this.geometry = view.geometry;
        this.block = (int) (sector / geometry.sectorsPerBlock());
        this.from = (int) (sector % geometry.sectorsPerBlock()) * Sector.BYTES;
        this.to = from + Sector.BYTES;
        this.b = view.block(block);
    }

    static BlockKind kindOf(DiskImage image, long sector) {
        try {
            ImageView view = ImageView.of(image);
            int block = (int) (sector / view.geometry.sectorsPerBlock());
            if (isSuperblock(view.geometry, sector)) {
                return BlockRole.SUPERBLOCK.kind();
            }
            return block < view.geometry.blockCount() ? role(view, block).kind() : UNKNOWN;
        } catch (ImageFormatException e) {
            return UNKNOWN;
        }
    }

    private static BlockRole role(ImageView view, int block) {
        ImageView.Owner owner = view.owner(block);
        return isOfJournal(owner) ? journalRole(view.block(block), owner) : owner.role();
    }

    private static boolean isOfJournal(ImageView.Owner owner) {
        return owner.inode() == Format.JOURNAL_INODE && owner.role() == BlockRole.DATA;
    }

    /** What a block of the journal is, by what it holds: data of an earlier round may look like anything but a header. */
    private static BlockRole journalRole(byte[] b, ImageView.Owner owner) {
        if (owner.fileBlock() == 0) {
            return BlockRole.JOURNAL_SUPERBLOCK;
        } else if (!JournalBlock.hasMagic(b, 0)) {
            return BlockRole.JOURNAL_DATA;
        }
        return switch (JournalBlock.type(b, 0)) {
            case JournalFormat.TYPE_DESCRIPTOR -> BlockRole.JOURNAL_DESCRIPTOR;
            case JournalFormat.TYPE_REVOKE -> BlockRole.JOURNAL_REVOKE;
            case JournalFormat.TYPE_COMMIT -> BlockRole.JOURNAL_COMMIT;
            default -> BlockRole.JOURNAL_DATA;
        };
    }

    static List<String> decode(DiskImage image, long sector) {
        try {
            return decode(ImageView.of(image), sector);
        } catch (ImageFormatException e) {
            return List.of("not a readable ext2 image: " + e.what());
        }
    }

    static List<String> decode(ImageView view, long sector) {
        if (sector / view.geometry.sectorsPerBlock() >= view.geometry.blockCount()) {
            return List.of("beyond the end of the volume");
        }
        return new ImageDecoder(view, sector).decode(sector);
    }

    private static boolean isSuperblock(Geometry geometry, long sector) {
        long first = Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES;
        return geometry.sectorsPerBlock() > 2 && sector >= first && sector < first + 2;
    }

    private List<String> decode(long sector) {
        if (isSuperblock(geometry, sector)) {
            superblock(from - Format.SUPERBLOCK_OFFSET_BYTES);
            return lines;
        }
        ImageView.Owner owner = view.owner(block);
        if (isOfJournal(owner)) {
            journal(owner);
            return lines;
        }
        switch (owner.role()) {
            case BOOT, RESERVED_DESCRIPTORS -> gist();
            case SUPERBLOCK -> superblock(from);
            case GROUP_DESCRIPTORS -> descriptors();
            case BLOCK_BITMAP -> bitmap("blocks", geometry.firstBlockOfGroup(group()), geometry.blocksInGroup(group()));
            case INODE_BITMAP -> bitmap("inodes", group() * geometry.inodesPerGroup() + 1, geometry.inodesPerGroup());
            case INODE_TABLE -> inodes();
            case INDIRECT -> {
                lines.add("indirect block of level " + owner.level() + " of inode " + owner.inode());
                pointers(owner);
            }
            case DIRECTORY -> {
                lines.add("block " + owner.fileBlock() + " of directory " + owner.inode());
                entries();
            }
            case SYMLINK -> {
                lines.add("target of symbolic link " + owner.inode());
                gist();
            }
            case XATTR -> attributes(owner);
            case DATA -> {
                lines.add(
                        owner.inode() == 0
                                ? "no inode points to block " + block
                                : "block " + owner.fileBlock() + " of file " + owner.inode());
                gist();
            }
            case JOURNAL_SUPERBLOCK, JOURNAL_DESCRIPTOR, JOURNAL_REVOKE, JOURNAL_COMMIT, JOURNAL_DATA -> gist();
        }
        return lines;
    }

    private void journal(ImageView.Owner owner) {
        BlockRole role = journalRole(b, owner);
        lines.add("block " + owner.fileBlock() + " of the journal: "
                + role.kind().name().substring("journal-".length())
                + (role == BlockRole.JOURNAL_DATA || role == BlockRole.JOURNAL_SUPERBLOCK
                        ? ""
                        : ", sequence " + Integer.toUnsignedString(JournalBlock.sequence(b, 0))));
        if (from != 0 || role == BlockRole.JOURNAL_DATA) {
            gist();
            return;
        }
        try {
            switch (role) {
                case JOURNAL_SUPERBLOCK -> lines.addAll(JournalDump.of(view).superblock());
                case JOURNAL_DESCRIPTOR, JOURNAL_REVOKE, JOURNAL_COMMIT ->
                    lines.addAll(JournalDump.of(view).block((int) owner.fileBlock()));
                default -> gist();
            }
        } catch (ImageFormatException e) {
            lines.add(e.what());
            gist();
        }
    }

    private int group() {
        return geometry.groupOfBlock(block);
    }

    /** @param at offset in the superblock at which this sector starts */
    private void superblock(int at) {
        if (at != 0) {
            gist();
            return;
        }
        int state = Superblock.state(b, from);
        lines.add("state " + ((state & Format.STATE_VALID) != 0 ? "clean" : "not clean")
                + ((state & Format.STATE_ERROR) != 0 ? ", with errors" : ""));
        lines.add("free blocks " + Superblock.freeBlockCount(b, from) + " of " + Superblock.blockCount(b, from));
        lines.add("free inodes " + Superblock.freeInodeCount(b, from) + " of " + Superblock.inodeCount(b, from));
        lines.add("mounted " + Superblock.mountCount(b, from) + " times, last "
                + time(Superblock.mountTimeSeconds(b, from)) + ", written "
                + time(Superblock.writeTimeSeconds(b, from)));
        lines.add("features " + Features.compatNames(Superblock.compat(b, from)) + " "
                + Features.incompatNames(Superblock.incompat(b, from)) + " "
                + Features.roCompatNames(Superblock.roCompat(b, from)));
    }

    private void descriptors() {
        int first = (block - geometry.firstBlockOfGroup(group()) - 1) * geometry.blockSizeBytes() + from;
        for (int at = from; at < to; at += Format.DESCRIPTOR_BYTES) {
            int group = (first + at - from) / Format.DESCRIPTOR_BYTES;
            if (group >= geometry.groupCount()) {
                break;
            }
            lines.add("group " + group + ": block bitmap " + GroupDescriptor.blockBitmap(b, at) + ", inode bitmap "
                    + GroupDescriptor.inodeBitmap(b, at) + ", inode table " + GroupDescriptor.inodeTable(b, at)
                    + ", free blocks " + GroupDescriptor.freeBlockCount(b, at) + ", free inodes "
                    + GroupDescriptor.freeInodeCount(b, at) + ", directories "
                    + GroupDescriptor.usedDirectoryCount(b, at));
        }
        if (lines.isEmpty()) {
            lines.add("no group has its descriptor here");
        }
    }

    private void bitmap(String what, int firstNumber, int count) {
        int firstBit = from / Sector.BYTES * BITS_PER_SECTOR;
        int end = Math.min(count, firstBit + BITS_PER_SECTOR);
        StringBuilder used = new StringBuilder();
        int bit = firstBit < end ? Bitmap.firstSet(b, 0, firstBit, end) : -1;
        while (bit >= 0) {
            int clear = Bitmap.firstClear(b, 0, bit, end);
            int last = (clear < 0 ? end : clear) - 1;
            used.append(used.isEmpty() ? "" : ", ").append(firstNumber + bit);
            if (last > bit) {
                used.append('-').append(firstNumber + last);
            }
            bit = clear < 0 ? -1 : Bitmap.firstSet(b, 0, clear, end);
        }
        if (firstBit >= end) {
            lines.add("beyond the last of the " + what + " of group " + group());
        } else {
            lines.add(what + " " + (firstNumber + firstBit) + "-" + (firstNumber + end - 1) + ", in use: "
                    + (used.isEmpty() ? "none" : used));
        }
    }

    private void inodes() {
        int size = geometry.inodeSizeBytes();
        int tableOffset = (block - view.groups.inodeTable(group())) * geometry.blockSizeBytes();
        for (int at = from / size * size; at < to; at += size) {
            int index = (tableOffset + at) / size;
            if (index < geometry.inodesPerGroup()) {
                inode(group() * geometry.inodesPerGroup() + index + 1, at);
            }
        }
    }

    private void inode(int number, int at) {
        int size = geometry.inodeSizeBytes();
        int links = InodeRecord.linkCount(b, at);
        long deleted = InodeRecord.deletionTimeSeconds(b, at);
        if (InodeRecord.mode(b, at) == 0 && links == 0) {
            lines.add("inode " + number + ": never used");
            return;
        }
        StringBuilder line = new StringBuilder("inode ").append(number).append(": ");
        line.append(typeName(InodeRecord.entryType(InodeRecord.mode(b, at))));
        line.append(", mode 0").append(Integer.toOctalString(InodeRecord.mode(b, at) & Format.MODE_PERMISSION_MASK));
        line.append(", owner ").append(InodeRecord.uid(b, at)).append(':').append(InodeRecord.gid(b, at));
        line.append(", links ").append(links);
        line.append(", size ")
                .append(InodeRecord.isRegular(b, at) ? InodeRecord.size(b, at) : InodeRecord.sizeLow(b, at));
        line.append(", sectors ").append(InodeRecord.sectorCountLow(b, at));
        if (deleted != 0) {
            line.append(", deleted ").append(time(deleted));
        }
        line.append(", modified ").append(time(InodeRecord.modificationSeconds(b, at, size)));
        if (InodeRecord.flags(b, at) != 0) {
            line.append(", flags 0x").append(Integer.toHexString(InodeRecord.flags(b, at)));
        }
        if (InodeRecord.xattrBlock(b, at) != 0) {
            line.append(", attributes in block ").append(InodeRecord.xattrBlock(b, at));
        }
        if (InodeRecord.hasBlockPointers(b, at)) {
            appendPointers(line, at);
        } else if (InodeRecord.isSymlink(b, at)) {
            int length = (int) Math.min(InodeRecord.sizeLow(b, at), Format.FAST_SYMLINK_MAX_BYTES);
            line.append(", target '")
                    .append(FileName.fromBytes(b, at + Format.I_BLOCK, length))
                    .append('\'');
        }
        lines.add(line.toString());
    }

    private void appendPointers(StringBuilder line, int at) {
        boolean any = false;
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            int pointer = InodeRecord.pointer(b, at, i);
            if (pointer != 0) {
                line.append(any ? " " : ", blocks ");
                line.append(
                        i < Format.DIRECT_POINTERS
                                ? i + ":"
                                : i == Format.SINGLE_INDIRECT
                                        ? "indirect:"
                                        : i == Format.DOUBLE_INDIRECT ? "double:" : "triple:");
                line.append(Integer.toUnsignedString(pointer));
                any = true;
            }
        }
    }

    private void pointers(ImageView.Owner owner) {
        long span = geometry.blockMap().span(owner.level() - 1);
        StringBuilder line = new StringBuilder();
        for (int at = from; at < to; at += 4) {
            int pointer = LittleEndian.s32(b, at);
            if (pointer != 0) {
                line.append(line.isEmpty() ? "file block:block " : " ");
                line.append(owner.fileBlock() + at / 4 * span).append(':').append(Integer.toUnsignedString(pointer));
            }
        }
        lines.add(line.isEmpty() ? "holes only" : line.toString());
    }

    private void entries() {
        DirectoryBlock cursor = new DirectoryBlock().reset(b, 0, b.length);
        while (cursor.next()) {
            int at = cursor.at();
            if (cursor.following() <= from || at >= to) {
                continue;
            }
            String rest = ", " + cursor.recordLength() + " bytes at offset " + at;
            if (cursor.inode() == 0) {
                lines.add("free" + rest);
            } else {
                String name = FileName.fromBytes(b, at + Format.D_NAME, cursor.nameLength());
                lines.add("'" + name + "' names inode " + Integer.toUnsignedString(cursor.inode()) + " ("
                        + typeName(cursor.fileType()) + ")" + rest);
            }
        }
        DirectoryBlock.Defect defect = cursor.defect();
        if (defect != null) {
            lines.add("at offset " + cursor.following() + ": " + defect.text());
        }
    }

    private void attributes(ImageView.Owner owner) {
        lines.add("extended attributes of inode " + owner.inode());
        if (from == 0) {
            lines.add("shared by " + LittleEndian.u32(b, Format.H_REFCOUNT) + " inodes");
        }
        gist();
    }

    private void gist() {
        if (LittleEndian.isZero(b, from, Sector.BYTES)) {
            lines.add("512 zeroes");
            return;
        }
        int first = from;
        while (b[first] == 0) {
            first++;
        }
        int start = first - (first - from) % 16;
        StringBuilder hex = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int at = start; at < Math.min(to, start + GIST_BYTES); at++) {
            int value = b[at] & 0xFF;
            hex.append(Character.forDigit(value >>> 4, 16)).append(Character.forDigit(value & 15, 16));
            text.append(value >= 0x20 && value < 0x7F ? (char) value : '.');
        }
        lines.add("byte " + start % Sector.BYTES + " on: " + hex + "  " + text);
    }

    static String typeName(int entryType) {
        return switch (entryType) {
            case Format.TYPE_REGULAR -> "file";
            case Format.TYPE_DIRECTORY -> "directory";
            case Format.TYPE_CHARACTER_DEVICE -> "character device";
            case Format.TYPE_BLOCK_DEVICE -> "block device";
            case Format.TYPE_FIFO -> "FIFO";
            case Format.TYPE_SOCKET -> "socket";
            case Format.TYPE_SYMLINK -> "symbolic link";
            default -> "unknown type";
        };
    }

    private static String time(long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }
}
