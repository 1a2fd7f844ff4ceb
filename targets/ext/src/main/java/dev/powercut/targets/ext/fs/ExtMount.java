package dev.powercut.targets.ext.fs;

import dev.powercut.check.image.ImageFormatException;
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

/** Mounts an image: what is the same whatever discipline keeps it. */
public final class ExtMount {

    private static final int SUPERBLOCK_SECTORS = Format.SUPERBLOCK_BYTES / Sector.BYTES;

    private ExtMount() {}

    /** What one type of filesystem does in its own way. */
    public interface Ways {

        /** The geometry that a superblock tells, when this type can mount it. */
        Geometry geometry(byte[] superblock, long deviceBytes) throws ImageFormatException;

        /** Whether the image was not unmounted. */
        boolean needsRecovery(byte[] superblock);

        /** Recovers an image that was not unmounted, before anything of it is used. */
        void recover(MountRequest request, BlockDevice device) throws ImageFormatException;

        /** The discipline of a mount, by the superblock's record and the places of the groups' tables. */
        UpdateDiscipline discipline(
                MountRequest request, byte[] superblock, GroupTable groups, MetadataCache cache, BlockWriter writer)
                throws ImageFormatException;
    }

    /**
     * Mounts.
     *
     * @param barriers whether a flush stands between writes whose order matters
     * @throws MountException EINVAL when it is no image that can be mounted, EUCLEAN when it is damaged; the message says what would do
     */
    public static FileSystem mount(FileSystemType type, MountRequest request, boolean barriers, Ways ways) {
        try {
            return mountImage(type, request, barriers, ways);
        } catch (ImageFormatException e) {
            throw new MountException(Errno.EINVAL, e.what() + " (at byte " + e.offsetBytes() + "); " + e.remedy());
        } catch (ErrnoException e) {
            throw new MountException(e.errno(), e.getMessage() + "; check the image with fsck -n");
        }
    }

    private static FileSystem mountImage(FileSystemType type, MountRequest request, boolean barriers, Ways ways)
            throws ImageFormatException {
        BlockDevice device = request.device();
        long bytes = device.sectorCount() * Sector.BYTES;
        byte[] record = superblock(device);
        Geometry geometry = ways.geometry(record, bytes);
        boolean readOnly = request.readOnly() || geometry.mustBeReadOnly();
        if (!readOnly && ways.needsRecovery(record)) {
            ways.recover(request, device);
            record = superblock(device);
            geometry = ways.geometry(record, bytes);
        }
        BlockWriter writer = new BlockWriter(device, !barriers);
        MetadataCache cache = new MetadataCache(request, writer, geometry.blockSizeBytes());
        byte[] descriptors = descriptors(cache, geometry);
        GroupTable groups = GroupTable.of(geometry, descriptors, 0);
        UpdateDiscipline discipline = ways.discipline(request, record, groups, cache, writer);
        Volume volume = new Volume(
                request,
                geometry,
                groups,
                cache,
                discipline,
                new SuperblockState(request, geometry, cache, discipline, record));
        return new ExtFileSystem(type, volume, new GroupCounts(geometry, cache, descriptors), readOnly);
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
