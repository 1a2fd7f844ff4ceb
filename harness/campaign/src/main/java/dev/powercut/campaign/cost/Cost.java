package dev.powercut.campaign.cost;

import dev.powercut.check.target.Measurement.Series;
import dev.powercut.sim.disk.DiskTiming;

/**
 * What a workload cost on a filesystem.
 *
 * @param userBytes what the workload wrote
 * @param disk what the disk had to do, from the workload's beginning to its end
 * @param head where the head was, in MiB, by milliseconds since the beginning
 */
public record Cost(Subject subject, CostWorkload workload, long userBytes, DiskTiming.Cost disk, Series head) {

    private static final int SECTOR_BYTES = 512;

    /** Bytes on the disk for each byte of the user. */
    public double amplification() {
        return (double) disk.sectors() * SECTOR_BYTES / userBytes;
    }

    /** What the user wrote, by the time that the disk needs. */
    public double mebibytesPerSecond() {
        return disk.nanos() == 0 ? 0 : userBytes / 1048576.0 / (disk.nanos() / 1e9);
    }

    double millis() {
        return disk.nanos() / 1e6;
    }
}
