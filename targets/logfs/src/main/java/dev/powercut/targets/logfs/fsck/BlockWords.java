package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;
import static dev.powercut.sim.bytes.LittleEndian.u32;

import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import dev.powercut.targets.logfs.format.OperationRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What blocks of the log hold, in words. */
final class BlockWords {

    private final Volume volume;
    private final List<String> lines = new ArrayList<>();

    BlockWords(Volume volume) {
        this.volume = volume;
    }

    String summary(PartialWrite write) {
        return "partial write " + write.sequence() + " after checkpoint " + write.checkpoint() + ", " + write.count()
                + " blocks, next at block " + write.next() + " up to " + (write.nextEnd() - 1)
                + (write.isEnd() ? ", end of its group" : "")
                + (write.isOfRecovery() ? ", written by recovery" : "")
                + (write.whole() ? "" : ", payload is not as its checksum says");
    }

    static String entry(PartialWrite write, int index) {
        String owner = "inode " + write.inode(index) + " version " + write.version(index);
        long offset = write.offset(index);
        return switch (write.kind(index)) {
            case Format.KIND_DATA -> "data, file block " + offset + " of " + owner;
            case Format.KIND_DIRECTORY -> "directory, file block " + offset + " of " + owner;
            case Format.KIND_EXTENTS ->
                "extents, block " + (offset & 0xFFFF_FFFFL) + " of level " + (offset >>> Format.EXTENT_LEVEL_SHIFT)
                        + " of " + owner;
            case Format.KIND_INODES -> "inodes";
            case Format.KIND_OPERATIONS -> "directory operations";
            case Format.KIND_INODE_MAP -> "inode map, block " + offset;
            case Format.KIND_USAGE -> "segment usage, block " + offset;
            default -> "unknown kind " + Integer.toUnsignedString(write.kind(index));
        };
    }

    static String type(int type) {
        return switch (type << 12) {
            case Mode.REGULAR -> "regular file";
            case Mode.DIRECTORY -> "directory";
            case Mode.SYMLINK -> "symbolic link";
            case Mode.CHARACTER_DEVICE -> "character device";
            case Mode.BLOCK_DEVICE -> "block device";
            case Mode.FIFO -> "fifo";
            case Mode.SOCKET -> "socket";
            default -> "unknown type " + type;
        };
    }

    /** What a payload block holds, a line for each thing; nothing of data. */
    List<String> payload(PartialWrite write, int index) {
        int size = volume.blockSize();
        byte[] b = Arrays.copyOfRange(write.bytes(), (1 + index) * size, (2 + index) * size);
        switch (write.kind(index)) {
            case Format.KIND_DIRECTORY -> directory(b);
            case Format.KIND_INODES -> inodes(b);
            case Format.KIND_OPERATIONS -> operations(b);
            case Format.KIND_INODE_MAP -> map(b, write.offset(index));
            case Format.KIND_USAGE -> usage(b, write.offset(index));
            default -> {
                // Data says nothing, and extents are shown with their inode.
            }
        }
        return lines;
    }

    private void directory(byte[] b) {
        if (!DirectoryBlock.isSound(b)) {
            lines.add("no sound records");
            return;
        }
        for (int at = 0; at < b.length; at += DirectoryBlock.length(b, at)) {
            if (DirectoryBlock.inode(b, at) != 0) {
                lines.add("'" + name(b, at + Format.DIR_NAME, DirectoryBlock.nameLength(b, at)) + "' is "
                        + type(DirectoryBlock.type(b, at)) + " " + DirectoryBlock.inode(b, at));
            }
        }
    }

    private static String name(byte[] b, int at, int length) {
        return FileName.fromBytes(b, at, length);
    }

    private void inodes(byte[] b) {
        for (int at = 0;
                at + Format.INODE_BYTES <= b.length && InodeRecord.number(b, at) != 0;
                at += Format.INODE_BYTES) {
            lines.add("inode " + InodeRecord.number(b, at) + " version " + InodeRecord.version(b, at) + ": "
                    + type(InodeRecord.mode(b, at) >>> 12) + ", " + InodeRecord.linkCount(b, at) + " links, "
                    + InodeRecord.sizeBytes(b, at) + " bytes, " + InodeRecord.extentCount(b, at) + " extents");
        }
    }

    private void operations(byte[] b) {
        int end = Math.clamp(s32(b, Format.OPS_USED), 0, b.length);
        int at = Format.OPS_RECORDS;
        while (at < end && OperationRecord.isWhole(b, at, end)) {
            operation(b, at);
            at += OperationRecord.length(b, at);
        }
    }

    private void operation(byte[] b, int at) {
        StringBuilder line = new StringBuilder(80);
        line.append(kind(OperationRecord.kind(b, at)))
                .append(": inode ")
                .append(OperationRecord.inode(b, at))
                .append(" version ")
                .append(OperationRecord.version(b, at));
        if (OperationRecord.fromDirectory(b, at) != 0) {
            line.append(", '")
                    .append(name(b, OperationRecord.fromNameAt(at), OperationRecord.fromNameLength(b, at)))
                    .append("' removed from directory ")
                    .append(OperationRecord.fromDirectory(b, at));
        }
        if (OperationRecord.toDirectory(b, at) != 0) {
            line.append(", '")
                    .append(name(b, OperationRecord.toNameAt(b, at), OperationRecord.toNameLength(b, at)))
                    .append("' set in directory ")
                    .append(OperationRecord.toDirectory(b, at));
        }
        line.append(", ").append(OperationRecord.linkCount(b, at)).append(" links");
        if (OperationRecord.replaced(b, at) != 0) {
            line.append("; in place of inode ")
                    .append(OperationRecord.replaced(b, at))
                    .append(", ")
                    .append(OperationRecord.replacedLinkCount(b, at))
                    .append(" links");
        }
        lines.add(line.toString());
    }

    private static String kind(int kind) {
        return switch (kind) {
            case Format.OP_CREATE -> "create";
            case Format.OP_LINK -> "link";
            case Format.OP_UNLINK -> "unlink";
            case Format.OP_RMDIR -> "rmdir";
            case Format.OP_RENAME -> "rename";
            default -> "operation " + kind;
        };
    }

    private void map(byte[] b, long index) {
        int perBlock = volume.geometry.mapEntriesPerBlock();
        for (int i = 0; i < perBlock; i++) {
            int at = i * Format.MAP_ENTRY_BYTES;
            if (s32(b, at + Format.MAP_BLOCK) != 0) {
                lines.add("inode " + (index * perBlock + i) + ": version " + s64(b, at + Format.MAP_VERSION)
                        + ", block " + s32(b, at + Format.MAP_BLOCK) + ", slot "
                        + Integer.toUnsignedString(s32(b, at + Format.MAP_SLOT)));
            }
        }
    }

    private void usage(byte[] b, long index) {
        int perBlock = volume.geometry.usageEntriesPerBlock();
        for (int i = 0; i < perBlock; i++) {
            int at = i * Format.USAGE_ENTRY_BYTES;
            if (u32(b, at + Format.USE_LIVE) != 0) {
                lines.add("segment " + (index * perBlock + i) + ": " + u32(b, at + Format.USE_LIVE) + " live bytes");
            }
        }
    }
}
