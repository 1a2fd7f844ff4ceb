package dev.powercut.targets.logfs.measure;

import dev.powercut.check.target.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What recovery reads, against the log that it has to roll forward, on disks of several sizes. */
public record RecoveryWorkPlot() implements Measurement {

    private static final int[] FILES = {5, 20, 40, 80, 120};
    private static final long[] DISK_BYTES = {64L << 20, 512L << 20, 2L << 30};

    @Override
    public String name() {
        return "recovery-work";
    }

    @Override
    public String title() {
        return "what recovery reads";
    }

    @Override
    public String text() {
        return "Files of 16 KiB are made and synced one by one after a checkpoint; then the power fails. What recovery reads grows"
                + " with the log behind the checkpoint, and hardly with the disk: the lines lie on each other.";
    }

    @Override
    public String xLabel() {
        return "KiB of log behind the checkpoint";
    }

    @Override
    public String yLabel() {
        return "KiB read";
    }

    @Override
    public List<Series> measure() {
        List<Series> all = new ArrayList<>();
        for (long diskBytes : DISK_BYTES) {
            double[] log = new double[FILES.length];
            double[] read = new double[FILES.length];
            for (int i = 0; i < FILES.length; i++) {
                RecoveryWork.Point point = RecoveryWork.measure(diskBytes, FILES[i]);
                log[i] = point.logBytes() / 1024.0;
                read[i] = point.readBytes() / 1024.0;
            }
            all.add(new Series(String.format(Locale.ROOT, "%,d MiB", diskBytes >> 20), log, read));
        }
        return all;
    }
}
