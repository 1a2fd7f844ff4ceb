package dev.powercut.targets.logfs.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.targets.logfs.measure.RecoveryWork.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code -Dpowercut.costs=1} prints the tables. */
class RecoveryWorkTest {

    private static final long DISK_BYTES = 128L << 20;

    private static void print(List<Point> points) {
        if (System.getProperty("powercut.costs") != null) {
            points.forEach(System.out::println);
        }
    }

    @Test
    void recoveryReadsAsMuchAsTheLogIsLong() {
        List<Point> points = new ArrayList<>();
        for (int files : new int[] {10, 20, 40, 80, 160}) {
            points.add(RecoveryWork.measure(DISK_BYTES, files));
        }
        print(points);
        for (Point point : points) {
            long read = point.readBytes() - point.cleanReadBytes();
            // The log once, and again the blocks with the inodes that are in it.
            assertTrue(read >= point.logBytes() && read < 2 * point.logBytes(), points::toString);
        }
        for (int i = 1; i < points.size(); i++) {
            double growth = (double) (points.get(i).readBytes() - points.get(i).cleanReadBytes())
                    / (points.get(i - 1).readBytes() - points.get(i - 1).cleanReadBytes());
            assertEquals(2, growth, 0.2, points::toString);
        }
    }

    @Test
    void recoveryOfTheSameLogIsTheSameOnADiskOfAnySize() {
        List<Point> points = new ArrayList<>();
        for (long megabytes : new long[] {32, 128, 512, 2048}) {
            points.add(RecoveryWork.measure(megabytes << 20, 20));
        }
        print(points);
        Point first = points.getFirst();
        for (Point point : points) {
            assertEquals(first.logBytes(), point.logBytes(), points::toString);
            // All that grows is what every mount reads: 16 bytes for each segment of 256 KiB.
            assertEquals(
                    first.readBytes() - first.cleanReadBytes(),
                    point.readBytes() - point.cleanReadBytes(),
                    8192,
                    points::toString);
            assertTrue(
                    point.writtenBytes() - first.writtenBytes() <= 16 * point.diskBytes() / (256 << 10),
                    points::toString);
        }
    }
}
