package dev.powercut.check.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pruning loses no verdict: with it and without it the same is found, and the same images come of it. */
public abstract class PruningContract {

    private static final PlantedDefect CORRECT = new PlantedDefect("", "the correct filesystem");
    private static final int OPERATIONS = 40;
    private static final int SEEDS = 2;
    private static final int STATES = 250;

    protected abstract FileSystemTarget target();

    protected abstract FormatRequest format();

    /** All crash models that it is to be held against. */
    protected List<CrashModel> models() {
        return List.of(CrashModel.PREFIX, CrashModel.REORDER, CrashModel.TORN, CrashModel.LYING);
    }

    @Test
    void pruningLosesNoVerdictOfTheCorrectFileSystem() {
        long shared = 0;
        for (CrashModel model : models()) {
            for (int depth = 0; depth <= 1; depth++) {
                shared += compare(CORRECT, model, depth, new ArrayList<>());
            }
        }
        assertTrue(shared > 0, "nothing was shared, so nothing was tested");
    }

    @Test
    void pruningLosesNoVerdictOfAnyPlantedDefect() {
        List<String> found = new ArrayList<>();
        for (PlantedDefect defect : target().defects()) {
            for (CrashModel model : models()) {
                if (model.name().equals(defect.crashModel())) {
                    compare(defect, model, 1, found);
                }
            }
        }
        assertTrue(found.size() > 10, "so little was found that there was nothing to lose: " + found);
    }

    private long compare(PlantedDefect defect, CrashModel model, int depth, List<String> found) {
        String name = defect.name().isEmpty() ? null : defect.name();
        Explorer pruning = new Explorer(target(), name, defect.mountOptions(), Oracles.all());
        Explorer plain = pruning.withoutPruning();
        long shared = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            FormatRequest format = defect.format() == null ? format() : defect.format();
            Recorder recorder = new Recorder(target(), name, format, defect.mountOptions(), KernelOptions.DEFAULT);
            Recording recording = recorder.record(new RandomWorkload(OPERATIONS), Choices.seeded(seed));
            Verdict with = explore(pruning, recording, model, seed, depth);
            Verdict without = explore(plain, recording, model, seed, depth);
            String where = defect.name() + " " + model.name() + " seed " + seed;
            assertEquals(without.findings(), with.findings(), where);
            assertEquals(without.traceHash(), with.traceHash(), where);
            assertEquals(without.imagesExamined(), with.imagesExamined(), where);
            assertEquals(0, without.recoveriesShared() + without.worksShared(), where);
            without.findings().forEach(finding -> found.add(finding.fingerprint()));
            shared += with.recoveriesShared() + with.worksShared();
        }
        return shared;
    }

    private static Verdict explore(Explorer explorer, Recording recording, CrashModel model, int seed, int depth) {
        return explorer.judge(recording, model, Choices.seeded(seed), STATES, depth, ExplorationMonitor.NONE);
    }
}
