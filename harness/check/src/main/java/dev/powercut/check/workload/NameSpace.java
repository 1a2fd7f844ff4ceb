package dev.powercut.check.workload;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The names that random workloads use: few, so that operations meet, and some long, so that small directories fill several
 * blocks. A name may stand for a file now and for a directory later.
 *
 * <p>A path is picked by drawing a place in a fixed list and going on from there to the first path that fits: what other
 * steps did changes the pick only when it changes what fits.
 */
final class NameSpace {

    private static final String[] TOP = {"a", "b", "c", "d", "long-name-" + "t".repeat(180)};
    private static final String[] SECOND = {"a", "b", "long-name-" + "s".repeat(90)};
    private static final String[] THIRD = {"a", "b"};

    /** The first draw: in which level to begin; the top is the dull one. */
    private static final int[] LEVEL_WEIGHTS = {5, 4, 2};

    private static final List<List<String>> LEVELS = levels();

    private NameSpace() {}

    private static List<List<String>> levels() {
        List<String> top = below(List.of(""), TOP);
        List<String> second = below(top, SECOND);
        return List.of(top, second, below(second, THIRD));
    }

    private static List<String> below(List<String> directories, String[] names) {
        List<String> paths = new ArrayList<>();
        for (String directory : directories) {
            for (String name : names) {
                paths.add(directory + "/" + name);
            }
        }
        return List.copyOf(paths);
    }

    /** Any path, whether it fits or not. */
    static String any(Choices choices) {
        return pick(choices, path -> true);
    }

    /** A path that stands for a file that passes the test; any path when there is none. */
    static String existing(Choices choices, Model model, Predicate<ModelFile> test) {
        return pick(choices, path -> {
            int id = model.lookupItself(path);
            ModelFile file = id == Effect.ABSENT ? null : model.find(id);
            return file != null && test.test(file);
        });
    }

    /** A path that is free, in a directory that is there. */
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
        return LEVELS.get(level).get(start);
    }
}
