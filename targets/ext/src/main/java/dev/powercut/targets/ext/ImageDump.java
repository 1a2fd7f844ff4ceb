package dev.powercut.targets.ext;

import dev.powercut.kernel.vfs.FileName;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What {@code powercut dump} tells of an image: lines of a name and a value, or of one thing each. */
final class ImageDump {

    private final ImageView view;
    private final Geometry geometry;
    private final List<String> lines = new ArrayList<>();

    ImageDump(ImageView view) {
        this.view = view;
        this.geometry = view.geometry;
    }

    private void line(String name, Object value) {
        lines.add(name + " ".repeat(Math.max(1, 24 - name.length())) + value);
    }

    // ---- Volume ----

    List<String> superblock() {
        byte[] b = view.superblock();
        line("volume name", text(b, Format.S_VOLUME_NAME, Format.VOLUME_NAME_BYTES));
        line("last mounted on", text(b, Format.S_LAST_MOUNTED, Format.LAST_MOUNTED_BYTES));
        line("uuid", uuid(b, Format.S_UUID));
        line("revision", Superblock.revision(b, 0));
        line(
                "features",
                (Features.compatNames(geometry.compat()) + " " + Features.incompatNames(geometry.incompat()) + " "
                                + Features.roCompatNames(geometry.roCompat()))
                        .trim());
        line("state", state(Superblock.state(b, 0)));
        line("inodes", Integer.toUnsignedString(Superblock.inodeCount(b, 0)));
        line("blocks", Integer.toUnsignedString(Superblock.blockCount(b, 0)));
        line("reserved blocks", Integer.toUnsignedString(Superblock.reservedBlockCount(b, 0)));
        line("free blocks", Integer.toUnsignedString(Superblock.freeBlockCount(b, 0)));
        line("free inodes", Integer.toUnsignedString(Superblock.freeInodeCount(b, 0)));
        line("first block", geometry.firstDataBlock());
        line("block size", geometry.blockSizeBytes());
        line("reserved descriptors", geometry.reservedGdtBlocks());
        line("blocks per group", geometry.blocksPerGroup());
        line("inodes per group", geometry.inodesPerGroup());
        line("inode table blocks", geometry.inodeTableBlocks());
        line("groups", geometry.groupCount());
        line("first inode", geometry.firstInode());
        line("inode size", geometry.inodeSizeBytes());
        line("made", time(Superblock.mkfsTimeSeconds(b, 0)));
        line("mounted", time(Superblock.mountTimeSeconds(b, 0)));
        line("written", time(Superblock.writeTimeSeconds(b, 0)));
        line("checked", time(Superblock.lastCheckSeconds(b, 0)));
        line("mounts since check", Superblock.mountCount(b, 0));
        line("mounts until check", Superblock.maxMountCount(b, 0));
        line("seconds until check", Superblock.checkIntervalSeconds(b, 0));
        line("reserved for user", Superblock.reservedUid(b, 0));
        line("reserved for group", Superblock.reservedGid(b, 0));
        line("hash seed", uuid(b, Format.S_HASH_SEED));
        return lines;
    }

    private static String state(int state) {
        return ((state & Format.STATE_VALID) != 0 ? "clean" : "not clean")
                + ((state & Format.STATE_ERROR) != 0 ? " with errors" : "");
    }

    private static String text(byte[] b, int at, int most) {
        int length = 0;
        while (length < most && b[at + length] != 0) {
            length++;
        }
        return length == 0 ? "none" : new String(b, at, length, StandardCharsets.UTF_8);
    }

    static String uuid(byte[] b, int at) {
        String hex = HexFormat.of().formatHex(b, at, at + Format.UUID_BYTES);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    private static String time(long seconds) {
        return seconds == 0 ? "never" : Instant.ofEpochSecond(seconds).toString();
    }

    List<String> groups() {
        for (int group = 0; group < geometry.groupCount(); group++) {
            byte[] b = view.descriptors;
            int at = group * Format.DESCRIPTOR_BYTES;
            int first = geometry.firstBlockOfGroup(group);
            lines.add("group " + group + ": blocks " + first + "-" + (first + geometry.blocksInGroup(group) - 1)
                    + (geometry.hasSuperblock(group) ? ", superblock " + first : "")
                    + ", block bitmap " + Integer.toUnsignedString(GroupDescriptor.blockBitmap(b, at))
                    + ", inode bitmap " + Integer.toUnsignedString(GroupDescriptor.inodeBitmap(b, at))
                    + ", inode table " + Integer.toUnsignedString(GroupDescriptor.inodeTable(b, at))
                    + ", free blocks " + GroupDescriptor.freeBlockCount(b, at)
                    + ", free inodes " + GroupDescriptor.freeInodeCount(b, at)
                    + ", directories " + GroupDescriptor.usedDirectoryCount(b, at));
        }
        return lines;
    }

    /** One group, with what is free in it. */
    List<String> group(int group) {
        String all = new ImageDump(view).groups().get(group);
        lines.add(all);
        byte[] blocks = view.block(view.groups.blockBitmap(group));
        byte[] inodes = view.block(view.groups.inodeBitmap(group));
        line("free blocks", free(blocks, geometry.blocksInGroup(group), geometry.firstBlockOfGroup(group)));
        line("free inodes", free(inodes, geometry.inodesPerGroup(), 1 + group * geometry.inodesPerGroup()));
        return lines;
    }

    private static String free(byte[] bitmap, int count, int first) {
        StringBuilder runs = new StringBuilder();
        int bit = Bitmap.firstClear(bitmap, 0, 0, count);
        while (bit >= 0) {
            int set = bit + 1 < count ? Bitmap.firstSet(bitmap, 0, bit + 1, count) : -1;
            int end = set < 0 ? count : set;
            runs.append(runs.isEmpty() ? "" : ", ").append(first + bit);
            if (end - bit > 1) {
                runs.append('-').append(first + end - 1);
            }
            bit = end < count ? Bitmap.firstClear(bitmap, 0, end, count) : -1;
        }
        return runs.isEmpty() ? "none" : runs.toString();
    }

    // ---- Inodes ----

    List<String> inode(int number) {
        byte[] b = view.record(number);
        int size = geometry.inodeSizeBytes();
        int type = InodeRecord.entryType(InodeRecord.mode(b, 0));
        line("inode", number);
        line("type", ImageDecoder.typeName(type));
        line("mode", String.format("%04o", InodeRecord.mode(b, 0) & Format.MODE_PERMISSION_MASK));
        line("links", InodeRecord.linkCount(b, 0));
        line("owner", InodeRecord.uid(b, 0) + ":" + InodeRecord.gid(b, 0));
        line("size", InodeRecord.isRegular(b, 0) ? InodeRecord.size(b, 0) : InodeRecord.sizeLow(b, 0));
        line("sectors", InodeRecord.sectorCountLow(b, 0));
        line("flags", "0x" + Integer.toHexString(InodeRecord.flags(b, 0)));
        line("generation", Integer.toUnsignedString(InodeRecord.generation(b, 0)));
        line("attribute block", Integer.toUnsignedString(InodeRecord.xattrBlock(b, 0)));
        line("accessed", stamp(InodeRecord.accessSeconds(b, 0, size), InodeRecord.accessNanos(b, 0, size)));
        line("modified", stamp(InodeRecord.modificationSeconds(b, 0, size), InodeRecord.modificationNanos(b, 0, size)));
        line("changed", stamp(InodeRecord.changeSeconds(b, 0, size), InodeRecord.changeNanos(b, 0, size)));
        line("created", stamp(InodeRecord.creationSeconds(b, 0, size), InodeRecord.creationNanos(b, 0, size)));
        line("deleted", time(InodeRecord.deletionTimeSeconds(b, 0)));
        if (InodeRecord.isFastSymlink(b, 0)) {
            int length = (int) Math.min(InodeRecord.sizeLow(b, 0), Format.FAST_SYMLINK_MAX_BYTES);
            line("target", FileName.fromBytes(b, Format.I_BLOCK, length));
        } else if (type == Format.TYPE_CHARACTER_DEVICE || type == Format.TYPE_BLOCK_DEVICE) {
            line("device", device(b));
        } else if (InodeRecord.hasBlockPointers(b, 0)) {
            lines.addAll(new BlockRuns(view, b).lines());
        }
        String path = new PathSearch(view).pathOf(number);
        line("path", path.isEmpty() ? "none" : path);
        return lines;
    }

    /** Major and minor number: the old form in the first word, the new one in the second. */
    private static String device(byte[] b) {
        int old = InodeRecord.pointer(b, 0, 0);
        int packed = old != 0 ? old : InodeRecord.pointer(b, 0, 1);
        int major = old != 0 ? old >>> 8 & 0xFF : packed >>> 8 & 0xFFF;
        int minor = old != 0 ? old & 0xFF : packed & 0xFF | packed >>> 12 & 0xFFF00;
        return major + ", " + minor;
    }

    private static String stamp(long seconds, int nanos) {
        return Instant.ofEpochSecond(seconds, nanos).toString();
    }

    List<String> blocks(int number) {
        byte[] b = view.record(number);
        lines.addAll(
                InodeRecord.hasBlockPointers(b, 0) ? new BlockRuns(view, b).lines() : List.of("no blocks of its own"));
        if (InodeRecord.xattrBlock(b, 0) != 0) {
            line("attributes", Integer.toUnsignedString(InodeRecord.xattrBlock(b, 0)));
        }
        return lines;
    }

    // ---- Directories ----

    List<String> directory(int number) {
        byte[] b = view.record(number);
        if (!InodeRecord.isDirectory(b, 0)) {
            throw new IllegalArgumentException("inode " + number + " is not a directory");
        }
        DirectoryBlock cursor = new DirectoryBlock();
        view.leaves(b, (fileBlock, block) -> {
            byte[] entries = view.block(block);
            cursor.reset(entries, 0, entries.length);
            while (cursor.next()) {
                if (cursor.inode() != 0) {
                    lines.add(String.format(
                            "%10s  %-16s  %5d bytes at %5d of block %-10d  %s",
                            Integer.toUnsignedString(cursor.inode()),
                            ImageDecoder.typeName(cursor.fileType()),
                            cursor.recordLength(),
                            cursor.at(),
                            block,
                            FileName.fromBytes(entries, cursor.at() + Format.D_NAME, cursor.nameLength())));
                }
            }
            DirectoryBlock.Defect defect = cursor.defect();
            if (defect != null) {
                lines.add("block " + block + ", offset " + cursor.following() + ": " + defect.text());
            }
        });
        return lines;
    }

    // ---- Blocks ----

    /** Who owns a block, and what it holds. */
    List<String> block(int block) {
        lines.addAll(owner(block));
        long first = geometry.sectorOf(block);
        for (long sector = first; sector < first + geometry.sectorsPerBlock(); sector++) {
            for (String line : ImageDecoder.decode(view, sector)) {
                if (!lines.contains(line)) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    /** One line: what a block is, whose, and its path. */
    List<String> owner(int block) {
        ImageView.Owner owner = view.owner(block);
        String role = owner.role().kind().name();
        if (owner.inode() == 0) {
            boolean free = owner.role() == BlockRole.DATA && !isMarked(block);
            return List.of("block " + block + " is "
                    + (owner.role() != BlockRole.DATA
                            ? "metadata of group " + geometry.groupOfBlock(Math.max(block, geometry.firstDataBlock()))
                                    + ": " + role
                            : free ? "free" : "marked, but nobody points to it"));
        }
        String path = new PathSearch(view).pathOf(owner.inode());
        return List.of("block " + block + " belongs to inode " + owner.inode()
                + (path.isEmpty() ? "" : " (" + path + ")")
                + (owner.role() == BlockRole.XATTR
                        ? ": its attributes"
                        : owner.level() > 0
                                ? ": pointers of level " + owner.level() + " from its block " + owner.fileBlock()
                                        + " on"
                                : ": its block " + owner.fileBlock()));
    }

    private boolean isMarked(int block) {
        byte[] bitmap = view.block(view.groups.blockBitmap(geometry.groupOfBlock(block)));
        return Bitmap.isSet(bitmap, 0, geometry.indexOfBlock(block));
    }

    List<String> sector(long sector) {
        lines.add(
                "sector " + sector + " of " + Sector.BYTES + " bytes, in block " + sector / geometry.sectorsPerBlock());
        lines.addAll(ImageDecoder.decode(view, sector));
        return lines;
    }
}
