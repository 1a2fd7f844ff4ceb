package dev.powercut.targets.ext.redo;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.fs.ExtMount;
import dev.powercut.targets.ext.fs.UpdateDiscipline;
import dev.powercut.targets.ext.journal.JournalMap;
import dev.powercut.targets.ext.journal.Recovery;
import dev.powercut.targets.ext.journal.RecoveryRules;

/** The ext3 filesystem, as it can be mounted; by one thread at a time. */
public final class Ext3Type implements FileSystemType {

    /** Makes the discipline of a mount. */
    @FunctionalInterface
    public interface LogMaker {
        UpdateDiscipline make(CommitProtocol.Parts parts);
    }

    private final LogMaker logs;
    // Scratch memory, which knows the journal of the last mount.
    private final Recovery recovery;

    /** As it should be. */
    public Ext3Type() {
        this(parts -> new RedoLog(parts, new CommitProtocol(parts)), RecoveryRules.ALL);
    }

    /** @param rules of recovery at mount */
    public Ext3Type(LogMaker logs, RecoveryRules rules) {
        this.logs = logs;
        this.recovery = new Recovery(rules);
    }

    @Override
    public String name() {
        return "ext3";
    }

    @Override
    public FileSystem mount(MountRequest request) {
        Ext3Options options = Ext3Options.parse(request.options());
        return ExtMount.mount(this, request, options.barriers(), new Logged(options));
    }

    private final class Logged implements ExtMount.Ways {

        private final Ext3Options options;

        Logged(Ext3Options options) {
            this.options = options;
        }

        @Override
        public Geometry geometry(byte[] superblock, long deviceBytes) throws ImageFormatException {
            Geometry geometry = Geometry.ofExt3(superblock, 0, deviceBytes);
            if (!geometry.hasCompat(Features.COMPAT_HAS_JOURNAL)) {
                throw new ImageFormatException(
                        "the image has no journal",
                        Format.SUPERBLOCK_OFFSET_BYTES + (long) Format.S_FEATURE_COMPAT,
                        "mount it as ext2, or make an image with mkfs --type ext3");
            }
            return geometry;
        }

        @Override
        public boolean needsRecovery(byte[] superblock) {
            return Recovery.isDue(superblock, 0);
        }

        @Override
        public void recover(MountRequest request, BlockDevice device) throws ImageFormatException {
            recovery.recover(device, request.nowNanos() / 1_000_000_000L);
        }

        @Override
        public UpdateDiscipline discipline(
                MountRequest request, byte[] superblock, GroupTable groups, MetadataCache cache, BlockWriter writer)
                throws ImageFormatException {
            JournalMap map = recovery.map(request.device(), superblock, groups);
            Log log = Log.of(request.device(), map, groups.geometry(), cache, writer, options);
            boolean isWritten = !request.readOnly() && !groups.geometry().mustBeReadOnly();
            if (log.wasLeftFull() && isWritten) {
                log.continueWith(recovery.sequenceAfterLog(request.device(), superblock, groups));
            }
            if (log.wasAborted() && isWritten) {
                recovery.noteError(request.device(), superblock, groups);
                log.forgetAbort();
            }
            HeldData held = new HeldData(writer, groups.geometry().blockSizeBytes());
            return logs.make(new CommitProtocol.Parts(request, groups, cache, writer, options, log, held));
        }
    }
}
