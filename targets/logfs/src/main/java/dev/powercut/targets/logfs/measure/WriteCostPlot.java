package dev.powercut.targets.logfs.measure;

import dev.powercut.check.target.Measurement;
import dev.powercut.targets.logfs.measure.WriteCost.Pattern;
import dev.powercut.targets.logfs.measure.WriteCost.Point;
import java.util.ArrayList;
import java.util.List;

/** Write cost against utilisation, for each policy of the cleaner. */
public record WriteCostPlot(Pattern pattern) implements Measurement {

    private static final List<String> POLICIES = List.of("greedy", "cost-benefit", "thread");

    @Override
    public String name() {
        return "write-cost-" + (pattern == Pattern.UNIFORM ? "uniform" : "hot-and-cold");
    }

    @Override
    public String title() {
        return "write cost, "
                + switch (pattern) {
                    case UNIFORM -> "each file overwritten as often as any other";
                    case HOT_AND_COLD -> "nine overwrites in ten go to a tenth of the files";
                };
    }

    @Override
    public String text() {
        return "Files of one block are overwritten until the cleaner is in a steady state: sectors read and written for each"
                + " sector of new data, after Rosenblum and Ousterhout (1992), sections 3.4 and 3.5. Utilisation is that of the"
                + " room that statfs tells, the cleaner's reserve left out.";
    }

    @Override
    public String xLabel() {
        return "percent of the room that is live";
    }

    @Override
    public String yLabel() {
        return "sectors moved for each sector of new data";
    }

    @Override
    public List<Series> measure() {
        List<Series> all = new ArrayList<>();
        for (String policy : POLICIES) {
            List<Point> points = WriteCost.series("cleaner=" + policy, pattern, 20, 40, 60, 70, 80, 90);
            all.add(new Series(
                    policy,
                    points.stream().mapToDouble(Point::utilisationPercent).toArray(),
                    points.stream().mapToDouble(Point::cost).toArray()));
        }
        return all;
    }
}
