package dev.powercut.targets.ext;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.journal.CommitBlock;
import dev.powercut.targets.ext.journal.JournalBlock;
import dev.powercut.targets.ext.journal.JournalFormat;
import dev.powercut.targets.ext.journal.JournalGeometry;
import dev.powercut.targets.ext.journal.JournalMap;
import dev.powercut.targets.ext.journal.JournalSuperblock;
import dev.powercut.targets.ext.journal.RevokeBlock;
import dev.powercut.targets.ext.journal.Sequence;
import dev.powercut.targets.ext.journal.TagCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal of an image in words. */
final class JournalDump {

    private final ImageView view;
    private final JournalMap map;
    private final JournalGeometry journal;
    private final byte[] superblock;
    private final List<String> lines = new ArrayList<>();

    private JournalDump(ImageView view, JournalMap map, JournalGeometry journal, byte[] superblock) {
        this.view = view;
        this.map = map;
        this.journal = journal;
        this.superblock = superblock;
    }

    /** @throws ImageFormatException when there is no journal, or one that cannot be read */
    static JournalDump of(ImageView view) throws ImageFormatException {
        Geometry geometry = view.geometry;
        if (view.hasJournalElsewhere()) {
            throw new ImageFormatException(
                    "the journal is on another device",
                    Format.SUPERBLOCK_OFFSET_BYTES + (long) Format.S_JOURNAL_INUM,
                    "look at it there, with dumpe2fs");
        }
        byte[] record = view.record(Format.JOURNAL_INODE);
        long blocks = InodeRecord.size(record, 0) / geometry.blockSizeBytes();
        if (!InodeRecord.isRegular(record, 0) || blocks < 1 || blocks > geometry.blockCount()) {
            throw new ImageFormatException(
                    "inode " + Format.JOURNAL_INODE + " is no journal", 0, "fsck says more about it");
        }
        JournalMap map = JournalMap.of(
                (block, target) -> System.arraycopy(view.block(block), 0, target, 0, target.length),
                view.groups,
                record,
                0,
                (int) blocks);
        byte[] superblock = view.block(map.homeOf(0));
        JournalGeometry journal = JournalGeometry.of(superblock, 0, geometry.blockSizeBytes(), (int) blocks);
        return new JournalDump(view, map, journal, superblock);
    }

    private void line(String name, Object value) {
        lines.add(name + " ".repeat(Math.max(1, 24 - name.length())) + value);
    }

    /** One line. */
    String gist() {
        return "journal of " + journal.blockCount() + " blocks in inode " + Format.JOURNAL_INODE;
    }

    List<String> superblock() {
        int start = JournalSuperblock.start(superblock, 0);
        line("version", JournalSuperblock.isV2(superblock, 0) ? 2 : 1);
        line("block size", journal.blockSizeBytes());
        line("blocks", journal.blockCount());
        line("first block of the log", journal.firstLogBlock());
        line("sequence", hex(JournalSuperblock.sequence(superblock, 0)));
        line("start", start == 0 ? "0 (the log is empty)" : Integer.toUnsignedString(start));
        line("error", JournalSuperblock.errno(superblock, 0));
        line("features", features());
        line("checksums", journal.checksum().word());
        line("uuid", ImageDump.uuid(superblock, JournalFormat.S_UUID));
        return lines;
    }

    private String features() {
        List<String> names = new ArrayList<>();
        int incompat = journal.incompat();
        add(names, journal.compat() & JournalFormat.COMPAT_CHECKSUM, "checksum");
        add(names, incompat & JournalFormat.INCOMPAT_REVOKE, "revoke");
        add(names, incompat & JournalFormat.INCOMPAT_64BIT, "64bit");
        add(names, incompat & JournalFormat.INCOMPAT_ASYNC_COMMIT, "async_commit");
        add(names, incompat & JournalFormat.INCOMPAT_CSUM_V2, "checksum_v2");
        add(names, incompat & JournalFormat.INCOMPAT_CSUM_V3, "checksum_v3");
        return names.isEmpty() ? "none" : String.join(" ", names);
    }

    private static void add(List<String> names, int bit, String name) {
        if (bit != 0) {
            names.add(name);
        }
    }

    private static String hex(int sequence) {
        return Integer.toUnsignedString(sequence) + " (0x" + Integer.toHexString(sequence) + ")";
    }

    // ---- The log ----

    /** Every block from the start of the log up to what is none of it, or of another sequence. */
    List<String> log() {
        int at = JournalSuperblock.start(superblock, 0);
        int due = JournalSuperblock.sequence(superblock, 0);
        if (at == 0) {
            lines.add("the log is empty; the next transaction is " + Integer.toUnsignedString(due));
            return lines;
        } else if (!journal.isLogBlock(at)) {
            lines.add("the log is said to start at block " + Integer.toUnsignedString(at) + ", which it does not have");
            return lines;
        }
        int left = journal.logBlocks();
        while (left > 0) {
            byte[] b = view.block(map.homeOf(at));
            String end = end(b, due);
            if (end != null) {
                lines.add("block " + at + ": " + end);
                return lines;
            }
            int taken = Math.min(left, 1 + entry(b, at, left));
            due = JournalBlock.type(b, 0) == JournalFormat.TYPE_COMMIT ? Sequence.next(due) : due;
            at = journal.advance(at, taken);
            left -= taken;
        }
        lines.add("the log goes all the way round");
        return lines;
    }

    /** What a block with a header holds, wherever the log starts. */
    List<String> block(int journalBlock) {
        if (journal.isLogBlock(journalBlock)) {
            entry(view.block(map.homeOf(journalBlock)), journalBlock, journal.logBlocks());
        }
        return lines;
    }

    /** Why the log ends at a block; null when it does not. */
    private static @Nullable String end(byte[] b, int due) {
        if (!JournalBlock.hasMagic(b, 0)) {
            return "no magic number, the log ends";
        } else if (JournalBlock.sequence(b, 0) != due) {
            return "sequence " + Integer.toUnsignedString(JournalBlock.sequence(b, 0)) + " instead of "
                    + Integer.toUnsignedString(due) + ", the log ends";
        }
        return null;
    }

    /** Describes a block with a header; gives how many data blocks follow. */
    private int entry(byte[] b, int at, int left) {
        String sequence = ", sequence " + Integer.toUnsignedString(JournalBlock.sequence(b, 0));
        return switch (JournalBlock.type(b, 0)) {
            case JournalFormat.TYPE_DESCRIPTOR -> {
                lines.add("block " + at + ": descriptor" + sequence);
                yield tags(b, at, left);
            }
            case JournalFormat.TYPE_REVOKE -> {
                lines.add("block " + at + ": revoke" + sequence);
                int count = RevokeBlock.count(journal, b);
                if (count < 0) {
                    lines.add("  with an impossible count");
                }
                for (int i = 0; i < count; i++) {
                    lines.add("  block " + RevokeBlock.homeBlock(journal, b, i) + " revoked");
                }
                yield 0;
            }
            case JournalFormat.TYPE_COMMIT -> {
                lines.add("block " + at + ": commit" + sequence
                        + (CommitBlock.seconds(b) == 0 ? "" : ", " + time(CommitBlock.seconds(b))));
                yield 0;
            }
            default -> {
                lines.add("block " + at + ": unknown type " + JournalBlock.type(b, 0) + sequence);
                yield 0;
            }
        };
    }

    private static String time(long seconds) {
        return seconds < 0 || seconds > Integer.MAX_VALUE * 4L
                ? seconds + " s"
                : Instant.ofEpochSecond(seconds).toString();
    }

    private int tags(byte[] b, int at, int left) {
        TagCursor tags = new TagCursor(journal).reset(b);
        int count = 0;
        while (tags.next() && count + 1 < left) {
            count++;
            lines.add("  block " + tags.homeBlock() + " at journal block " + journal.advance(at, count)
                    + (tags.isEscaped() ? ", escaped" : ""));
        }
        return count;
    }
}
