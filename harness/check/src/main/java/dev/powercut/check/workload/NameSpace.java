package dev.powercut.check.workload;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The names that random workloads use: few, so that operations meet. A name may stand for a file now and for a directory
 * later. Below {@code /d} there are long ones, so that a directory of small blocks comes to have several.
 *
 * <p>A path is picked by drawing a place in a fixed list and going on from there to the first path that fits: what other
 * steps did changes the pick only when it changes what fits.
 */
final class NameSpace {

    private static final List<String> TOP = List.of("/a", "/b", "/c", "/d", "/e");
    private static final String LONG = "-long-name".repeat(21);
    private static final int LONG_NAMES = 6;

    /** The first draw: in which level to begin; the top is the dull one. */
    private static final int[] LEVEL_WEIGHTS = {5, 4, 2};

    private static final List<List<String>> LEVELS = levels();

    private NameSpace() {}

    private static List<List<String>> levels() {
        List<String> second = new ArrayList<>();
        List<String> third = new ArrayList<>();
        for (String directory : TOP) {
            for (String name : List.of("/a", "/b")) {
                second.add(directory + name);
                third.add(directory + name + "/a");
            }
        }
        for (int i = 1; i <= LONG_NAMES; i++) {
            second.add("/d/" + i + LONG);
        }
        return List.of(TOP, List.copyOf(second), List.copyOf(third));
    }

    /** Any path, whether it fits or not. */
    static String any(Choices choices) {
        return pick(choices, path -> true);
    }

    /** A path that stands for a file that passes the test; the empty string when there is none. */
    static String existing(Choices choices, Model model, Predicate<ModelFile> test) {
        return pick(choices, path -> {
            int id = model.lookupItself(path);
            ModelFile file = id == Effect.ABSENT ? null : model.find(id);
            return file != null && test.test(file);
        });
    }

    /** A path that is free, in a directory that is there; the empty string when there is none. */
    static String free(Choices choices, Model model) {
        return pick(choices, path -> isFree(model, path));
    }

    private static boolean isFree(Model model, String path) {
        int parent = model.lookup(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
        ModelFile directory = parent == Effect.ABSENT ? null : model.find(parent);
        return directory != null && directory.isDirectory() && model.lookupItself(path) == Effect.ABSENT;
    }

    private static String pick(Choices choices, Predicate<String> fits) {
        int level = choices.weighted("path.level", LEVEL_WEIGHTS);
        int start = choices.choose("path", LEVELS.get(level).size());
        for (int i = 0; i < LEVELS.size(); i++) {
            List<String> paths = LEVELS.get((level + i) % LEVELS.size());
            for (int j = 0; j < paths.size(); j++) {
                String path = paths.get((start + j) % paths.size());
                if (fits.test(path)) {
                    return path;
                }
            }
        }
        return "";
    }
}
