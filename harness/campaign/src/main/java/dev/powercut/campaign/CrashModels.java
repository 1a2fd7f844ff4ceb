package dev.powercut.campaign;

import dev.powercut.sim.disk.CrashModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Crash models by the names that people give: a preset, with options of the device behind plus signs, such as {@code
 * torn+garbage}.
 */
public final class CrashModels {

    /** Each preset in turn. */
    public static final String ALL = "all";

    private CrashModels() {}

    /**
     * The models that a name stands for: one, or, for {@link #ALL}, each preset.
     *
     * @throws UsageException when there is no such model
     */
    public static List<CrashModel> list(String name) {
        return name.equals(ALL) ? CrashModel.PRESETS : List.of(of(name));
    }

    /** The names of the presets, smallest first. */
    public static List<String> names() {
        return CrashModel.PRESETS.stream().map(CrashModel::name).toList();
    }

    /**
     * One model.
     *
     * @throws UsageException when there is no such model
     */
    public static CrashModel of(String name) {
        String[] words = name.split("\\+", -1);
        CrashModel model = preset(words[0]);
        for (int i = 1; i < words.length; i++) {
            if (List.of(words).indexOf(words[i]) < i) {
                throw new UsageException("crash model " + name + ": " + words[i] + " stands there twice");
            }
            model = with(model, words[i], name);
        }
        return model;
    }

    private static CrashModel preset(String name) {
        for (CrashModel model : CrashModel.PRESETS) {
            if (model.name().equals(name)) {
                return model;
            }
        }
        List<String> known = new ArrayList<>(names());
        known.add(ALL);
        throw new UsageException(Named.unknown("crash model", name, known).getMessage() + "; "
                + "behind " + String.join(", ", damaging()) + " may stand +" + CrashModel.GARBAGE + " and +"
                + CrashModel.TEARING + ", such as torn+" + CrashModel.GARBAGE);
    }

    /** The presets under which a sector may be damaged, so that the options say something. */
    private static List<String> damaging() {
        return CrashModel.PRESETS.stream()
                .filter(CrashModel::cutsInsideWrites)
                .map(CrashModel::name)
                .toList();
    }

    private static CrashModel with(CrashModel model, String option, String name) {
        try {
            return switch (option) {
                case CrashModel.GARBAGE -> model.leavingGarbage();
                case CrashModel.TEARING -> model.tearingSectors(CrashModel.TEARING_BYTES);
                default ->
                    throw Named.unknown(
                            "option of crash model " + model.name(),
                            option,
                            List.of(CrashModel.GARBAGE, CrashModel.TEARING));
            };
        } catch (IllegalArgumentException e) {
            throw new UsageException("crash model " + name + ": " + e.getMessage(), e);
        }
    }
}
