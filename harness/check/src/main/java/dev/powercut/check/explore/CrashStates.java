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

    private static final int FIELDS = 4;
    private static final int LAST_POSITION = 3;

    private final WriteLog log;
    private final List<DiskImage> images = new ArrayList<>();
    private final ImageIndex index = new ImageIndex();
    private long stateCount;

    /** The cut points of each image, by number; the fields of a point stand together. */
    private final Chains points = new Chains();

    private int[] pointFields = new int[FIELDS * 256];
    private int pointCount;

    private CrashStates(WriteLog log) {
        this.log = log;
    }

    /** Enumerates the crash states of a log. Work: one image update per sector written. */
    public static CrashStates of(WriteLog log, CrashModel model) {
        CrashStates states = new CrashStates(log);
        switch (model.loss()) {
            case TAIL -> new PrefixWalk(log, model.cutsInsideWrites()).walk(states);
            case SUBSET -> throw new IllegalArgumentException("crash model " + model.name());
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
        List<CutPoint> all = new ArrayList<>();
        for (int at = points.first(imageNumber); at != Chains.END; at = points.next(at)) {
            int field = FIELDS * at;
            all.add(CutPoint.ofPrefix(
                    pointFields[field], pointFields[field + 1], pointFields[field + 2], pointFields[field + 3]));
        }
        return all;
    }

    /** Takes in one state with the positions at which it is legal. */
    void add(DiskImage image, int wholeEntries, int sectorsOfNext, int firstPosition, int lastPosition) {
        int number = index.find(image.hash());
        if (number == ImageIndex.NONE) {
            number = images.size();
            images.add(image);
            index.put(image.hash(), number);
        } else if (points.last(number) == pointCount - 1) {
            // The entry changed nothing (a mark, a flush, the same bytes again): one state with a longer window.
            int field = FIELDS * (pointCount - 1) + LAST_POSITION;
            stateCount += lastPosition - pointFields[field];
            pointFields[field] = lastPosition;
            return;
        }
        if (FIELDS * pointCount == pointFields.length) {
            pointFields = Arrays.copyOf(pointFields, 2 * pointFields.length);
        }
        int field = FIELDS * pointCount;
        pointFields[field] = wholeEntries;
        pointFields[field + 1] = sectorsOfNext;
        pointFields[field + 2] = firstPosition;
        pointFields[field + LAST_POSITION] = lastPosition;
        points.add(number, pointCount++);
        stateCount += lastPosition - firstPosition + 1;
    }
}
