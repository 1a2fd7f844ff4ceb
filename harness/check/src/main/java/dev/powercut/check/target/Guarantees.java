package dev.powercut.check.target;

import dev.powercut.sim.disk.CrashModel;
import java.util.List;

/**
 * What a filesystem declares to hold after a crash, as data. What POSIX promises of fsync, fdatasync and sync holds for all and
 * is not repeated here.
 *
 * @param sizeCoversWrittenDataOnly a file's size never grows over data that has not reached the disk: within the size found,
 *     each block is at least as new as the write that made the file that long
 * @param renameReplacesAtomically rename leaves the old name, the new one, or both, and what the new name stood for is never
 *     missing; false where it may be
 * @param renameOverDirectoryMayLoseTarget exception to the former: when an empty directory is replaced by another, the replaced
 *     one may be missing while the moved one still has its old name
 * @param operationsPersistInOrder an operation's effects on names are never found without those of all earlier ones
 * @param unsyncedDataMayBeStale data that have not been synced may be found as what their blocks held before, deleted data of others
 *     included: such findings are told, as advisory ones
 * @param timestampGranularityNanos granularity of the times it stores
 * @param crashModels names of the crash models that it withstands, and of the faults of a device that it withstands while the
 *     power is on
 */
public record Guarantees(
        boolean sizeCoversWrittenDataOnly,
        boolean renameReplacesAtomically,
        boolean renameOverDirectoryMayLoseTarget,
        boolean operationsPersistInOrder,
        boolean unsyncedDataMayBeStale,
        long timestampGranularityNanos,
        List<String> crashModels) {

    /** Crash models of a device that keeps the order in which writes are issued. */
    public static final List<String> IN_ORDER = List.of(CrashModel.PREFIX.name());

    /** Crash models of a device that keeps no order but that of flushes. */
    public static final List<String> ANY_ORDER =
            List.of(CrashModel.PREFIX.name(), CrashModel.REORDER.name(), CrashModel.TORN.name());

    public Guarantees {
        crashModels = List.copyOf(crashModels);
    }

    /** Guarantees of a filesystem that never shows stale data. */
    public Guarantees(
            boolean sizeCoversWrittenDataOnly,
            boolean renameReplacesAtomically,
            boolean renameOverDirectoryMayLoseTarget,
            boolean operationsPersistInOrder,
            long timestampGranularityNanos,
            List<String> crashModels) {
        this(
                sizeCoversWrittenDataOnly,
                renameReplacesAtomically,
                renameOverDirectoryMayLoseTarget,
                operationsPersistInOrder,
                false,
                timestampGranularityNanos,
                crashModels);
    }

    /** Whether it declares to withstand a crash model or fault; what is found under others is advisory. */
    public boolean withstands(String crashModel) {
        return crashModels.contains(crashModel);
    }
}
