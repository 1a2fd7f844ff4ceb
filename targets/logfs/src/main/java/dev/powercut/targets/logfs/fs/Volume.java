package dev.powercut.targets.logfs.fs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.OperationId;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Geometry;
import java.util.ArrayList;
import java.util.List;

/** What all parts of one mount share: measures, the log, the tables, and what to do about a corrupt image. */
final class Volume {

    final MountRequest request;
    final BlockDevice device;
    final BlockWriter writer;
    final Geometry geometry;
    final Checksum checksum;
    final Discipline rules;
    final LogfsOptions options;
    final Checkpoint mounted;
    final SegmentUsage usage;
    final InodeMap map;
    final Log log;
    final Space space;
    final int blockSizeBytes;

    /** What is wrong with the image, and does not matter while nothing is written. */
    final List<String> remarks;

    /** Time that recovery works at: that of the last partial write; 0 when it is not recovery that works. */
    long recoveryNanos;

    private Volume(
            MountRequest request,
            Geometry geometry,
            Checksum checksum,
            Discipline rules,
            LogfsOptions options,
            Checkpoint mounted,
            List<String> remarks) {
        this.remarks = remarks;
        this.request = request;
        this.device = request.device();
        this.writer = new BlockWriter(device);
        this.geometry = geometry;
        this.checksum = checksum;
        this.rules = rules;
        this.options = options;
        this.mounted = mounted;
        this.blockSizeBytes = geometry.blockSizeBytes();
        this.usage = new SegmentUsage(geometry);
        this.log = new Log(this, mounted);
        this.map = new InodeMap(this, mounted.mapBlocks(), mounted.inodesUsed());
        this.space = new Space(geometry, usage, mounted.extentBlocks(), rules.keepsReserve());
    }

    /** Reads superblock, newest checkpoint and segment usage table. */
    static Volume open(MountRequest request, Discipline rules, LogfsOptions options) throws ImageFormatException {
        List<String> remarks = new ArrayList<>();
        Geometry geometry = VolumeReader.superblock(request.device(), request.readOnly(), remarks);
        Checksum checksum = new Checksum(geometry.volumeId());
        Checkpoint newest = VolumeReader.newestCheckpoint(request.device(), geometry, checksum, rules);
        Volume volume = new Volume(request, geometry, checksum, rules, options, newest, remarks);
        volume.loadUsage();
        return volume;
    }

    private void loadUsage() throws ImageFormatException {
        byte[] b = new byte[blockSizeBytes];
        for (int i = 0; i < mounted.usageBlocks().length; i++) {
            int address = mounted.usageBlocks()[i];
            usage.blocks[i] = address;
            if (address != 0) {
                readBlock(address, b, 0);
                usage.load(i, b, 0);
                usage.addTable(address, 1);
            }
        }
        for (int address : mounted.mapBlocks()) {
            if (address != 0) {
                usage.addTable(address, 1);
            }
        }
        checkCounts();
        usage.refresh(log.segment());
        if (mounted.isThreaded()) {
            usage.markThreaded();
        }
    }

    /** Counts say where to write: who only reads can do with wrong ones. */
    private void checkCounts() throws ImageFormatException {
        int most = geometry.segmentBlocks() * blockSizeBytes;
        String first = "";
        int others = 0;
        for (int segment = 0; segment < geometry.segmentCount(); segment++) {
            int bytes = usage.total(segment);
            if (bytes >= 0 && bytes <= most) {
                continue;
            }
            String what = "segment " + segment + " counts " + Integer.toUnsignedString(bytes) + " live bytes";
            if (!request.readOnly()) {
                throw new ImageFormatException(
                        what,
                        (long) geometry.segmentStart(segment) * blockSizeBytes,
                        "mend with fsck -y --type logfs, which counts anew");
            }
            usage.takeForFull(segment);
            others += first.isEmpty() ? 0 : 1;
            first = first.isEmpty() ? what : first;
        }
        if (!first.isEmpty()) {
            remarks.add(first + (others == 0 ? "" : ", and " + others + " others as wrongly")
                    + "; only writing needs these counts: mend with fsck -y --type logfs");
        }
    }

    long nowNanos() {
        return recoveryNanos != 0 ? recoveryNanos : request.nowNanos();
    }

    /** What the operation in progress did at a site. */
    Cause.Dirtied by(Site site) {
        return new Cause.Dirtied(operation(), site);
    }

    private OperationId operation() {
        return request.world().runner().current().operation();
    }

    void flush(Site site, Trigger trigger) {
        rules.flush(writer, site, new Cause(BlockWriter.FLUSH, trigger, List.of(by(site))));
    }

    /** Reads a block, from memory when it has not been written yet. */
    void readBlock(int address, byte[] target, int at) {
        if (log.isStaged(address)) {
            log.readStaged(address, target, at);
        } else {
            int sectors = geometry.sectorsPerBlock();
            device.read((long) address * sectors, sectors, target, at);
        }
    }

    byte[] readBlock(int address) {
        byte[] b = new byte[blockSizeBytes];
        readBlock(address, b, 0);
        return b;
    }

    /**
     * Returns an address that was read from the disk.
     *
     * @throws ErrnoException EUCLEAN when it is not in a segment
     */
    int checked(int address, String whose) {
        if (!geometry.isInSegment(address)) {
            throw corrupt(whose + " points to block " + Integer.toUnsignedString(address) + ", which is in no segment");
        }
        return address;
    }

    /** The failure to throw because the image is not sound. */
    ErrnoException corrupt(String what) {
        return Errno.EUCLEAN.exception(what);
    }
}
