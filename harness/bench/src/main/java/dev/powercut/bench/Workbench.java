package dev.powercut.bench;

import dev.powercut.campaign.Installed;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import java.util.List;

/** The job that the benchmarks measure: 200 operations on a disk of 8 MiB with blocks of 1 KiB, seed 1, every prefix of the log. */
final class Workbench {

    static final int OPERATIONS = 200;

    /** More than any model but the largest have. */
    static final int STATES = 50_000;

    static final long DISK_BYTES = 8L << 20;
    static final int BLOCK_BYTES = 1024;

    final FileSystemTarget target;
    final FormatRequest format;
    final List<Oracle> oracles = Installed.oracles();
    final Explorer explorer;

    /**
     * @param target its name
     * @param pruning whether images that agree in all that was read share recovery
     */
    Workbench(String target, boolean pruning) {
        this.target = Installed.fileSystem(target);
        this.format = new FormatRequest(DISK_BYTES, BLOCK_BYTES, "");
        Explorer all = new Explorer(this.target, null, "", oracles);
        this.explorer = pruning ? all : all.withoutPruning();
    }

    Recording record(long seed) {
        Recorder recorder = new Recorder(target, null, format, "", KernelOptions.DEFAULT);
        return recorder.record(new RandomWorkload(OPERATIONS), Choices.seeded(seed));
    }

    /** Explores every crash state of a recording. */
    Verdict explore(Recording recording) {
        return explorer.explore(recording, CrashModel.PREFIX, Integer.MAX_VALUE, ExplorationMonitor.NONE);
    }

    /**
     * Explores the crash states of a recording under a model.
     *
     * @param recoveryDepth how often the power fails again during recovery
     */
    Verdict explore(Recording recording, CrashModel model, int recoveryDepth) {
        return explorer.explore(recording, model, Choices.seeded(1), STATES, recoveryDepth, ExplorationMonitor.NONE);
    }
}
