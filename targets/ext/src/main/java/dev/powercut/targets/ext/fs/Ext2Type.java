package dev.powercut.targets.ext.fs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckReport;

/** The ext2 filesystem, as it can be mounted. */
public final class Ext2Type implements FileSystemType {

    /** Makes the discipline of a mount. */
    @FunctionalInterface
    public interface DisciplineMaker {
        UpdateDiscipline make(MetadataCache cache, BlockWriter writer);
    }

    private final DisciplineMaker disciplines;

    /** With careful ordering. */
    public Ext2Type() {
        this(CarefulOrdering::new);
    }

    public Ext2Type(DisciplineMaker disciplines) {
        this.disciplines = disciplines;
    }

    @Override
    public String name() {
        return "ext2";
    }

    @Override
    public FileSystem mount(MountRequest request) {
        return ExtMount.mount(
                this, request, Ext2Options.parse(request.options()).barriers(), new Careful());
    }

    private final class Careful implements ExtMount.Ways {

        @Override
        public Geometry geometry(byte[] superblock, long deviceBytes) throws ImageFormatException {
            return Geometry.of(superblock, 0, deviceBytes);
        }

        @Override
        public boolean needsRecovery(byte[] superblock) {
            return (Superblock.state(superblock, 0) & (Format.STATE_VALID | Format.STATE_ERROR)) != Format.STATE_VALID;
        }

        /** What a boot does before the first mount after a crash: fsck -p. */
        @Override
        public void recover(MountRequest request, BlockDevice device) {
            FsckReport report = new Fsck().recover(device);
            if (!report.recovered()) {
                String first =
                        report.lines().isEmpty() ? "" : ": " + report.lines().getFirst();
                throw new MountException(
                        Errno.EUCLEAN,
                        "the image was not unmounted cleanly, and has damage that recovery does not mend ("
                                + report.kind() + first
                                + "); look with fsck -n, mend with fsck -y, or mount it read-only");
            }
        }

        @Override
        public UpdateDiscipline discipline(
                MountRequest request, byte[] superblock, GroupTable groups, MetadataCache cache, BlockWriter writer) {
            return disciplines.make(cache, writer);
        }
    }
}
