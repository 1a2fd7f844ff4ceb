package dev.powercut.targets.ext;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mkfs, fsck and dump of ext3 images, for the command line. */
public final class Ext3ImageTool extends ExtImageTool {

    public Ext3ImageTool() {}

    @Override
    public String type() {
        return "ext3";
    }

    @Override
    public String summary() {
        return "the third extended filesystem: ext2 with a JBD2 journal";
    }

    @Override
    public List<String> formatOptions() {
        return FormatOptions.ext3Lines();
    }

    @Override
    MkfsOptions mkfsOptions(FormatRequest request) {
        return FormatOptions.parseExt3(request);
    }

    @Override
    List<String> formatted(BlockDevice device) {
        try {
            return List.of(
                    "ext3: " + JournalDump.of(view(SectorSource.of(device))).gist());
        } catch (ImageFormatException e) {
            throw new IllegalStateException("what was just made cannot be read", e);
        }
    }

    @Override
    Fsck newFsck() {
        return Fsck.ofExt3(RecoveryRules.ALL);
    }

    @Override
    ImageView view(SectorSource source) throws ImageFormatException {
        return ImageView.of(source);
    }

    @Override
    public boolean recognizes(BlockDevice device) {
        byte[] record = superblock(device);
        return record != null
                && Superblock.revision(record, 0) != Format.REVISION_ORIGINAL
                && (Superblock.compat(record, 0) & Features.COMPAT_HAS_JOURNAL) != 0
                && (Superblock.incompat(record, 0) & ~Features.INCOMPAT_UNDERSTOOD_EXT3) == 0;
    }

    @Override
    public FileSystemType fileSystem() {
        return new Ext3Type();
    }

    @Override
    public List<String> dumpTopics() {
        List<String> topics = new ArrayList<>(super.dumpTopics());
        topics.add("journal      the journal's superblock");
        topics.add("log          the blocks of the log from its start on");
        return topics;
    }

    @Override
    @Nullable
    List<String> dumpMore(ImageView view, String topic) {
        try {
            return switch (topic) {
                case "journal" -> JournalDump.of(view).superblock();
                case "log" -> JournalDump.of(view).log();
                default -> null;
            };
        } catch (ImageFormatException e) {
            throw new IllegalArgumentException("the journal cannot be read: " + e.what(), e);
        }
    }
}
