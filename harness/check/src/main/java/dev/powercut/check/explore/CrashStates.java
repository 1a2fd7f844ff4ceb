package dev.powercut.check.explore;

import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.CrashWindow;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All states that a power cut at any position of a log may leave, each distinct image once; or, where there are too many, a sample.
 *
 * <p>The same image may be legal at many positions (a cut may lose everything back to the last flush) and may come about in
 * several ways (a write that puts back what was there before). It is recovered once, but must be judged at each position where it
 * is legal, since what had been promised by then differs.
 *
 * <p>Images are numbered in the order in which a longer and longer log leads to them. Of a device that keeps the order the images are
 * held; of one that does not they are many, and are made again from their window when asked for.
 */
public final class CrashStates {

    /** No further cut point of an image. */
    static final int NO_POINT = Chains.END;

    // Fields of a cut point of a prefix: entries, sectors, damage; of a window: its number, code of the state, unused.
    private static final int FIELDS = 5;
    private static final int DAMAGE = 2;
    private static final int FIRST_POSITION = 3;
    private static final int LAST_POSITION = 4;

    private final WriteLog log;
    private final CrashModel model;
    private final List<CrashWindow> windows;
    private final List<EpochCoverage> coverage = new ArrayList<>();
    private final List<DiskImage> images = new ArrayList<>();
    private final ImageIndex index = new ImageIndex();
    private final SampledStates sampled = new SampledStates();
    private int imageCount;
    private long stateCount;

    /** The cut points of each image, by number; the fields of a point stand together. */
    private final Chains points = new Chains();

    private int[] pointFields = new int[FIELDS * 256];
    private int pointCount;

    private CrashStates(WriteLog log, CrashModel model) {
        this.log = log;
        this.model = model;
        this.windows = model.loss() == CrashModel.Loss.TAIL ? List.of() : model.windows(log);
    }

    /** Enumerates the crash states of a log; all of them, or, per epoch and in all, no more than the bounds allow. */
    public static CrashStates of(WriteLog log, CrashModel model, Choices choices, StateBounds bounds) {
        CrashStates states = new CrashStates(log, model);
        switch (model.loss()) {
            case TAIL -> new PrefixWalk(log, model).walk(states);
            case SUBSET -> new WindowWalk(states.windows, choices, bounds).walk(states);
        }
        return states;
    }

    /** Enumerates the crash states of a log with the usual bounds. Work: one image update per state. */
    public static CrashStates of(WriteLog log, CrashModel model) {
        return of(log, model, Choices.zero(), StateBounds.USUAL);
    }

    public WriteLog log() {
        return log;
    }

    public CrashModel model() {
        return model;
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
        return imageCount;
    }

    /** For each epoch that has a choice how many of its states there are here; none where the model keeps the order: then all. */
    public List<EpochCoverage> coverage() {
        return List.copyOf(coverage);
    }

    /** A distinct image. */
    public DiskImage image(int imageNumber) {
        if (windows.isEmpty()) {
            return images.get(imageNumber);
        }
        int point = points.first(imageNumber);
        CrashWindow window = windows.get(pointFields[FIELDS * point]);
        return window.image(alternatives(window, point));
    }

    /** The ways by which an image comes about, in ascending order; at least one. */
    public List<CutPoint> cutPoints(int imageNumber) {
        List<CutPoint> all = new ArrayList<>();
        for (int at = points.first(imageNumber); at != NO_POINT; at = points.next(at)) {
            all.add(cutPoint(at));
        }
        return all;
    }

    /** The number of the first cut point of an image. */
    int firstPoint(int imageNumber) {
        return points.first(imageNumber);
    }

    /** The number of the next cut point of the same image, or {@link #NO_POINT}. */
    int nextPoint(int point) {
        return points.next(point);
    }

    int firstPosition(int point) {
        return pointFields[FIELDS * point + FIRST_POSITION];
    }

    int lastPosition(int point) {
        return pointFields[FIELDS * point + LAST_POSITION];
    }

    /** All that is known of a cut point. */
    CutPoint cutPoint(int point) {
        return new CutPoint(kept(point), firstPosition(point), lastPosition(point));
    }

    private Kept kept(int point) {
        int field = FIELDS * point;
        if (windows.isEmpty()) {
            int whole = pointFields[field];
            int sectors = pointFields[field + 1];
            int damage = pointFields[field + DAMAGE];
            return damage == PrefixWalk.UNDAMAGED
                    ? new Kept.Prefix(whole, sectors)
                    : Kept.frontWithDamage(whole, sectors, damage);
        }
        CrashWindow window = windows.get(pointFields[field]);
        return window.kept(alternatives(window, point));
    }

    private int[] alternatives(CrashWindow window, int point) {
        int code = pointFields[FIELDS * point + 1];
        return code >= 0 ? window.state(code) : sampled.get(~code, window.cellCount());
    }

    /** Takes in one state of a device that keeps the order, with the positions at which it is legal. */
    void addPrefix(
            DiskImage image, int wholeEntries, int sectorsOfNext, int damage, int firstPosition, int lastPosition) {
        int before = imageCount;
        int number = numberOf(image);
        if (number == before) {
            images.add(image);
        } else if (points.last(number) == pointCount - 1) {
            // The entry changed nothing (a mark, a flush, the same bytes again): one state with a longer window.
            extendLast(lastPosition);
            return;
        }
        addPoint(number, wholeEntries, sectorsOfNext, damage, firstPosition, lastPosition);
    }

    /**
     * Takes in one state of a window.
     *
     * @param code its number in the window, or the complement of its place among the sampled ones
     */
    void addOfWindow(DiskImage image, int windowNumber, int code, int firstPosition, int lastPosition) {
        addPoint(numberOf(image), windowNumber, code, 0, firstPosition, lastPosition);
    }

    SampledStates sampled() {
        return sampled;
    }

    void cover(EpochCoverage epoch) {
        coverage.add(epoch);
    }

    private int numberOf(DiskImage image) {
        int number = index.find(image.hash());
        if (number == ImageIndex.NONE) {
            number = imageCount++;
            index.put(image.hash(), number);
        }
        return number;
    }

    private void extendLast(int lastPosition) {
        int field = FIELDS * (pointCount - 1) + LAST_POSITION;
        stateCount += lastPosition - pointFields[field];
        pointFields[field] = lastPosition;
    }

    private void addPoint(int number, int first, int second, int third, int firstPosition, int lastPosition) {
        if (FIELDS * pointCount == pointFields.length) {
            pointFields = Arrays.copyOf(pointFields, 2 * pointFields.length);
        }
        int field = FIELDS * pointCount;
        pointFields[field] = first;
        pointFields[field + 1] = second;
        pointFields[field + DAMAGE] = third;
        pointFields[field + FIRST_POSITION] = firstPosition;
        pointFields[field + LAST_POSITION] = lastPosition;
        points.add(number, pointCount++);
        stateCount += lastPosition - firstPosition + 1;
    }
}
