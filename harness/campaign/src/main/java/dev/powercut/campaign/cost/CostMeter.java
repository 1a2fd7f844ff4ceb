package dev.powercut.campaign.cost;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Measurement.Series;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskTiming;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs workloads on fresh filesystems and takes the time that a disk of the model needs for what they write. */
public final class CostMeter {

    private static final long DISK_BYTES = 64 << 20;
    private static final int BLOCK_BYTES = 4096;

    private final DiskTiming timing;

    public CostMeter(DiskTiming timing) {
        this.timing = timing;
    }

    /** Each workload on each subject, by workload. */
    public List<Cost> measure(List<Subject> subjects, List<CostWorkload> workloads) {
        List<Cost> costs = new ArrayList<>();
        for (CostWorkload workload : workloads) {
            for (Subject subject : subjects) {
                costs.add(measure(subject, workload));
            }
        }
        return costs;
    }

    private Cost measure(Subject subject, CostWorkload workload) {
        World world = World.withOneTask(Choices.zero());
        WriteLog log = new WriteLog(subject.target().format(new FormatRequest(DISK_BYTES, BLOCK_BYTES, "")));
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(
                subject.target().fileSystem(null), SimulatedDisk.logged(world, log), false, subject.mountOptions());
        Process process = kernel.process(0, 0);
        workload.prepare(process);
        process.sync();
        int from = log.size();
        long userBytes = workload.run(process);
        kernel.unmount("/");
        HeadPath path = new HeadPath();
        DiskTiming.Cost disk = timing.of(log, from, log.size(), path);
        return new Cost(subject, workload, userBytes, disk, path.series(subject.words()));
    }

    /** Collects where the head goes. */
    private static final class HeadPath implements DiskTiming.Head {

        private double[] millis = new double[1024];
        private double[] mebibytes = new double[1024];
        private int count;

        @Override
        public void served(long nanos, long sector, int sectorCount) {
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
                mebibytes = Arrays.copyOf(mebibytes, 2 * count);
            }
            millis[count] = nanos / 1e6;
            mebibytes[count++] = sector / 2048.0;
        }

        Series series(String name) {
            return new Series(name, Arrays.copyOf(millis, count), Arrays.copyOf(mebibytes, count));
        }
    }
}
