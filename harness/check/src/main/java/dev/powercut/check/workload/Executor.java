package dev.powercut.check.workload;

import dev.powercut.check.model.Model;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.Process;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import java.util.List;

/**
 * Runs steps on a simulated kernel, one after the other, compares each result with the model, and records the history. Each
 * step enters its number in the running task, so that the writes it causes name it, and is framed by marks in the log.
 */
public final class Executor {

    /** One that marks its steps in a disk's log. */
    public static Executor recording(World world, Kernel kernel, Process process, SimulatedDisk disk, WriteLog log) {
        throw new UnsupportedOperationException();
    }

    /** One that leaves no marks: for steps that no crash will follow. */
    public static Executor unrecorded(World world, Kernel kernel, Process process) {
        throw new UnsupportedOperationException();
    }

    private Executor() {}

    /** Runs until the end, or until the filesystem differs from the model. */
    public History run(List<Step> steps, Model initial) {
        throw new UnsupportedOperationException();
    }
}
