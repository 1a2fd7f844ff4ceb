package dev.powercut.targets.logfs.fs;

import dev.powercut.targets.logfs.format.Geometry;

/** Which segments the cleaner takes. */
final class VictimChoice {

    private final Volume volume;
    private final Geometry geometry;

    VictimChoice(Volume volume) {
        this.volume = volume;
        this.geometry = volume.geometry;
    }

    /** Segments whose live blocks find room in so many blocks, the best first; at least one, when any has something to gain. */
    int[] choose(int roomBlocks, int logSegment) {
        int count = geometry.segmentCount();
        boolean[] taken = new boolean[count];
        int[] victims = new int[count];
        int chosen = 0;
        long room = (long) roomBlocks * volume.blockSizeBytes;
        long now = volume.nowNanos();
        while (room > 0 && chosen < count) {
            int best = -1;
            double bestWorth = 0;
            for (int i = 0; i < count; i++) {
                if (!taken[i] && !volume.usage.isFree(i) && i != logSegment) {
                    double worth = worth(i, now);
                    if (worth > bestWorth) {
                        best = i;
                        bestWorth = worth;
                    }
                }
            }
            if (best < 0 || chosen > 0 && volume.usage.total(best) > room) {
                break;
            }
            taken[best] = true;
            victims[chosen++] = best;
            room -= volume.usage.total(best);
        }
        return java.util.Arrays.copyOf(victims, chosen);
    }

    /** The more, the better; 0 for a segment that is full. */
    private double worth(int segment, long now) {
        long most = (long) (geometry.segmentBlocks() - 1) * volume.blockSizeBytes;
        double used = Math.min(1, (double) volume.usage.total(segment) / most);
        if (volume.options.cleaner() != LogfsOptions.Policy.COST_BENEFIT) {
            return 1 - used;
        }
        // Rosenblum and Ousterhout, section 3.6: benefit is the space gained times how long it will stay free, cost is
        // to read the
        // segment and to write what lives.
        double age = Math.max(1, now - volume.usage.youngest(segment));
        return (1 - used) * age / (1 + used);
    }
}
