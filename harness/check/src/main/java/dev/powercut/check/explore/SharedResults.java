package dev.powercut.check.explore;

import dev.powercut.sim.disk.ContentHash;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of something that reads some sectors of an image, and does the same on all images that are the same there: another image that
 * agrees with an earlier one in each sector that was read of that has its result.
 *
 * <p>Images that come one after the other differ in little, and so does what is read of them. So just the latest few sets of sectors
 * read are kept, and with each of them the results of many images. For each set a hash of the contents of its sectors is carried along
 * from one image to the next, relative to the image with which the set came: all that it costs is a look at what the two images differ
 * in.
 *
 * <p>Where it finds next to nothing it stops looking, for good.
 */
final class SharedResults<T> {

    private static final int SETS_KEPT = 4;

    /** After so many images it must have been of use for one in so many. */
    private static final int TRIAL = 512;

    private static final int WORTH_ONE_IN = 24;

    private final int resultsKept;
    private final List<Family<T>> families = new ArrayList<>();
    private @Nullable DiskImage image;
    private long asked;
    private long found;

    /** @param resultsKept for each set of sectors read; when there are more, all of them are forgotten */
    SharedResults(int resultsKept) {
        this.resultsKept = resultsKept;
    }

    /** Whether it is worth asking. */
    boolean pays() {
        return asked < TRIAL || found * WORTH_ONE_IN >= asked;
    }

    /** The result of an image that agrees with this one in all that was read of it; null when there is none. */
    @Nullable
    T find(DiskImage next) {
        asked++;
        follow(next);
        for (int i = families.size() - 1; i >= 0; i--) {
            Family<T> family = families.get(i);
            T result = family.find();
            if (result != null) {
                if (i < families.size() - 1) {
                    families.remove(i);
                    families.add(family);
                }
                found++;
                return result;
            }
        }
        return null;
    }

    private void follow(DiskImage next) {
        DiskImage before = image;
        image = next;
        if (before != null && !families.isEmpty()) {
            next.forEachDifference(before, (number, contents) -> replace(number, before.sector(number), contents));
        }
    }

    private void replace(long number, Sector old, Sector now) {
        long high = ContentHash.weightHigh(number, now) - ContentHash.weightHigh(number, old);
        long low = ContentHash.weightLow(number, now) - ContentHash.weightLow(number, old);
        for (int i = 0; i < families.size(); i++) {
            Family<T> family = families.get(i);
            if (family.readSet.contains(number)) {
                family.high += high;
                family.low += low;
            }
        }
    }

    /** Takes in the result of the image that was asked for last. */
    void enter(ReadSet readSet, T result) {
        for (int i = 0; i < families.size(); i++) {
            if (families.get(i).readSet.equals(readSet)) {
                families.get(i).put(result, resultsKept);
                return;
            }
        }
        if (families.size() == SETS_KEPT) {
            families.removeFirst();
        }
        Family<T> family = new Family<>(readSet);
        family.put(result, resultsKept);
        families.add(family);
    }

    /** The results that one set of sectors led to. */
    private static final class Family<T> {
        private static final int FIRST_CAPACITY = 16;

        private final ReadSet readSet;

        // Of the contents of the set's sectors, less the same of the image with which the set came.
        private long high;
        private long low;

        private ImageIndex index = new ImageIndex(FIRST_CAPACITY);
        private final List<T> results = new ArrayList<>();

        Family(ReadSet readSet) {
            this.readSet = readSet;
        }

        @Nullable
        T find() {
            int number = index.find(high, low);
            return number == ImageIndex.NONE ? null : results.get(number);
        }

        void put(T result, int most) {
            if (results.size() == most) {
                results.clear();
                index = new ImageIndex(FIRST_CAPACITY);
            }
            index.put(high, low, results.size());
            results.add(result);
        }
    }
}
