package dev.powercut.bridge.replay;

import dev.powercut.bridge.image.ImageStore;
import dev.powercut.bridge.logwrites.LogWritesReader;
import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;

/** The crash states of a recorded log, and which of them are examined. */
final class ReplayStates {

    private final CrashStates states;
    private final List<Integer> chosen;
    private final int sectorsPerLogSector;

    private ReplayStates(CrashStates states, List<Integer> chosen, int sectorsPerLogSector) {
        this.states = states;
        this.chosen = chosen;
        this.sectorsPerLogSector = sectorsPerLogSector;
    }

    static ReplayStates of(ReplayOptions options) {
        DiskImage base = ImageStore.load(options.base());
        try (LogWritesReader reader = LogWritesReader.open(options.log(), base.sectorCount())) {
            return of(reader.readAll(base), reader.sectorsPerLogSector(), options);
        }
    }

    private static ReplayStates of(WriteLog log, int sectorsPerLogSector, ReplayOptions options) {
        CrashStates states = CrashStates.of(log, options.model());
        ReplayStates all = new ReplayStates(states, List.of(), sectorsPerLogSector);
        List<Integer> possible = new ArrayList<>();
        for (int image = 0; image < states.imageCount(); image++) {
            if (!all.cuts(image).isEmpty()) {
                possible.add(image);
            }
        }
        return new ReplayStates(states, sample(possible, options.stateLimit()), sectorsPerLogSector);
    }

    WriteLog log() {
        return states.log();
    }

    CrashStates all() {
        return states;
    }

    /** Numbers of the images to examine, ascending. */
    List<Integer> chosen() {
        return chosen;
    }

    DiskImage image(int number) {
        return states.image(number);
    }

    /** The ways by which an image comes about. A device writes its own sectors whole, however many of 512 bytes they are. */
    List<CutPoint> cuts(int image) {
        List<CutPoint> cuts = states.cutPoints(image);
        if (sectorsPerLogSector == 1) {
            return cuts;
        }
        return cuts.stream().filter(cut -> isWhole(cut.kept())).toList();
    }

    private boolean isWhole(Kept kept) {
        return switch (kept) {
            case Kept.Prefix prefix -> prefix.sectorsOfNext() % sectorsPerLogSector == 0;
            case Kept.Selection selection -> selection.parts().stream().allMatch(this::isWhole);
        };
    }

    private boolean isWhole(Kept.Part part) {
        return part.isWhole()
                || part.firstSector() % sectorsPerLogSector == 0 && part.endSector() % sectorsPerLogSector == 0;
    }

    /** So many of all, spread evenly, the first and the last among them; all when the limit is 0. */
    static List<Integer> sample(List<Integer> all, int limit) {
        if (limit == 0 || limit >= all.size()) {
            return all;
        }
        List<Integer> some = new ArrayList<>();
        for (long i = 0; i < limit; i++) {
            some.add(all.get((int) (limit == 1 ? 0 : i * (all.size() - 1) / (limit - 1))));
        }
        return some;
    }
}
