package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.ImageFormatException;
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

    private static final int SUPERBLOCK_SECTORS = Format.SUPERBLOCK_BYTES / Sector.BYTES;

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
        Ext2Options options = Ext2Options.parse(request.options());
        try {
            return mountImage(request, options);
        } catch (ImageFormatException e) {
            throw new MountException(Errno.EINVAL, e.what() + " (at byte " + e.offsetBytes() + "); " + e.remedy());
        } catch (ErrnoException e) {
            throw new MountException(e.errno(), e.getMessage() + "; check the image with fsck -n");
        }
    }

    private FileSystem mountImage(MountRequest request, Ext2Options options) throws ImageFormatException {
        byte[] record = superblock(request.device());
        Geometry geometry = geometry(request.device(), record);
        boolean readOnly = request.readOnly() || geometry.mustBeReadOnly();
        if (!readOnly && isUnclean(record)) {
            recover(request.device());
            record = superblock(request.device());
            geometry = geometry(request.device(), record);
        }
        BlockWriter writer = new BlockWriter(request.device(), !options.barriers());
        MetadataCache cache = new MetadataCache(request, writer, geometry.blockSizeBytes());
        byte[] descriptors = descriptors(cache, geometry);
        UpdateDiscipline discipline = disciplines.make(cache, writer);
        Volume volume = new Volume(
                request,
                geometry,
                GroupTable.of(geometry, descriptors, 0),
                cache,
                discipline,
                new SuperblockState(request, geometry, cache, discipline, record));
        return new ExtFileSystem(this, volume, new GroupCounts(geometry, cache, descriptors), readOnly);
    }

    private static boolean isUnclean(byte[] record) {
        return (Superblock.state(record, 0) & (Format.STATE_VALID | Format.STATE_ERROR)) != Format.STATE_VALID;
    }

    /** What a boot does before the first mount after a crash: fsck -p. */
    private static void recover(BlockDevice device) {
        FsckReport report = new Fsck().recover(device);
        if (!report.recovered()) {
            String first = report.lines().isEmpty() ? "" : ": " + report.lines().getFirst();
            throw new MountException(
                    Errno.EUCLEAN,
                    "the image was not unmounted cleanly, and has damage that recovery does not mend (" + report.kind()
                            + first + "); look with fsck -n, mend with fsck -y, or mount it read-only");
        }
    }

    private static byte[] superblock(BlockDevice device) {
        if (device.sectorCount() < 2 * SUPERBLOCK_SECTORS) {
            throw new MountException(
                    Errno.EINVAL,
                    "the device has only " + device.sectorCount()
                            + " sectors, too few for a superblock; give a whole image");
        }
        byte[] record = new byte[Format.SUPERBLOCK_BYTES];
        device.read(Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, SUPERBLOCK_SECTORS, record, 0);
        return record;
    }

    private static Geometry geometry(BlockDevice device, byte[] record) throws ImageFormatException {
        return Geometry.of(record, 0, device.sectorCount() * Sector.BYTES);
    }

    private static byte[] descriptors(MetadataCache cache, Geometry geometry) {
        int first = geometry.firstDescriptorBlock();
        int count = geometry.descriptorBlocks();
        if (count == 1) {
            return cache.read(first, BlockRole.GROUP_DESCRIPTORS.kind()).data();
        }
        byte[] all = new byte[count * geometry.blockSizeBytes()];
        for (int i = 0; i < count; i++) {
            byte[] block =
                    cache.read(first + i, BlockRole.GROUP_DESCRIPTORS.kind()).data();
            System.arraycopy(block, 0, all, i * geometry.blockSizeBytes(), block.length);
        }
        return all;
    }
}
