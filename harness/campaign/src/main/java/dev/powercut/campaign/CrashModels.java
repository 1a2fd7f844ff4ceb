package dev.powercut.campaign;

import dev.powercut.sim.disk.CrashModel;
import java.util.List;

/** Crash models by the names that people give. */
public final class CrashModels {

    private static final List<CrashModel> ALL = List.of(CrashModel.PREFIX);

    private CrashModels() {}

    /** @throws UsageException when there is no such model */
    public static CrashModel of(String name) {
        for (CrashModel model : ALL) {
            if (model.name().equals(name)) {
                return model;
            }
        }
        throw Named.unknown(
                "crash model", name, ALL.stream().map(CrashModel::name).toList());
    }
}
