package dev.powercut.check.explore;

import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All states that a power cut at any position of a log may leave, each distinct image once.
 *
 * <p>The same image may be legal at many positions (a cut may lose everything back to the last flush) and may come about in
 * several ways (a write that puts back what was there before). It is recovered once, but must be judged at each position where it
 * is legal, since what had been promised by then differs.
 */
public final class CrashStates {

    private final WriteLog log;
    private final List<DiskImage> images = new ArrayList<>();
    private final ImageIndex index = new ImageIndex();
    private long stateCount;

    /** For each image the number of its first cut point; for each cut point that of the image's next one, or -1. */
    private int[] firstPoint = new int[256];

    private int[] lastPoint = new int[256];
    private int[] nextPoint = new int[256];
    private int[] pointFields = new int[4 * 256];
    private int pointCount;

    private CrashStates(WriteLog log) {
        this.log = log;
    }

    /** Enumerates the crash states of a log. Work: one image update per sector written. */
    public static CrashStates of(WriteLog log, CrashModel model) {
        CrashStates states = new CrashStates(log);
        switch (model.loss()) {
            case TAIL -> new PrefixWalk(log, model.cutsInsideWrites()).walk(states);
        }
        return states;
    }

    public WriteLog log() {
        return log;
    }

    /** How many positions the power may be cut at: one more than the log has entries. */
    public int positionCount() {
        return log.size() + 1;
    }

    /** How many pairs of a position and a cut point that is legal there there are. */
    public long stateCount() {
        return stateCount;
    }

    /** How many distinct images there are. */
    public int imageCount() {
        return images.size();
    }

    /** A distinct image; they are numbered in the order in which a longer and longer log leads to them. */
    public DiskImage image(int imageNumber) {
        return images.get(imageNumber);
    }

    /** The ways by which an image comes about, in ascending order; at least one. */
    public List<CutPoint> cutPoints(int imageNumber) {
        List<CutPoint> points = new ArrayList<>();
        for (int at = firstPoint[imageNumber]; at >= 0; at = nextPoint[at]) {
            points.add(new CutPoint(
                    pointFields[4 * at], pointFields[4 * at + 1], pointFields[4 * at + 2], pointFields[4 * at + 3]));
        }
        return points;
    }

    /** Takes in one state with the positions at which it is legal. */
    void add(DiskImage image, int wholeEntries, int sectorsOfNext, int firstPosition, int lastPosition) {
        int number = index.find(image.hash());
        if (number == ImageIndex.NONE) {
            number = images.size();
            images.add(image);
            index.put(image.hash(), number);
            if (number == firstPoint.length) {
                firstPoint = Arrays.copyOf(firstPoint, 2 * number);
                lastPoint = Arrays.copyOf(lastPoint, 2 * number);
            }
            firstPoint[number] = pointCount;
        } else {
            int last = lastPoint[number];
            if (pointFields[4 * last + 3] + 1 >= firstPosition && last == pointCount - 1) {
                // The entry changed nothing (a mark, a flush, the same bytes again): one state with a longer window.
                stateCount += lastPosition - pointFields[4 * last + 3];
                pointFields[4 * last + 3] = lastPosition;
                return;
            }
            nextPoint[last] = pointCount;
        }
        addPoint(number, wholeEntries, sectorsOfNext, firstPosition, lastPosition);
    }

    private void addPoint(int imageNumber, int wholeEntries, int sectorsOfNext, int firstPosition, int lastPosition) {
        stateCount += lastPosition - firstPosition + 1;
        if (pointCount == nextPoint.length) {
            nextPoint = Arrays.copyOf(nextPoint, 2 * pointCount);
            pointFields = Arrays.copyOf(pointFields, 8 * pointCount);
        }
        nextPoint[pointCount] = -1;
        pointFields[4 * pointCount] = wholeEntries;
        pointFields[4 * pointCount + 1] = sectorsOfNext;
        pointFields[4 * pointCount + 2] = firstPosition;
        pointFields[4 * pointCount + 3] = lastPosition;
        lastPoint[imageNumber] = pointCount++;
    }
}
