package dev.powercut.targets.ext;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.List;

/** mkfs, fsck and dump of ext2 images, for the command line. */
public final class Ext2ImageTool extends ExtImageTool {

    public Ext2ImageTool() {}

    @Override
    public String type() {
        return "ext2";
    }

    @Override
    public String summary() {
        return "the second extended filesystem, revision 1";
    }

    @Override
    public List<String> formatOptions() {
        return FormatOptions.lines();
    }

    @Override
    MkfsOptions mkfsOptions(FormatRequest request) {
        return FormatOptions.parse(request);
    }

    @Override
    Fsck newFsck() {
        return new Fsck();
    }

    @Override
    ImageView view(SectorSource source) throws ImageFormatException {
        return ImageView.ofExt2(source);
    }

    @Override
    public boolean recognizes(BlockDevice device) {
        byte[] record = superblock(device);
        return record != null
                && (Superblock.revision(record, 0) == Format.REVISION_ORIGINAL
                        || (Superblock.compat(record, 0) & Features.COMPAT_HAS_JOURNAL) == 0
                                && (Superblock.incompat(record, 0) & ~Features.INCOMPAT_UNDERSTOOD) == 0);
    }

    @Override
    public FileSystemType fileSystem() {
        return new Ext2Type();
    }
}
