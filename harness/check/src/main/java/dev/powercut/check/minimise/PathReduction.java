package dev.powercut.check.minimise;

import dev.powercut.check.workload.OperationWords;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes paths short: directories are taken out of them, then names become a, b, c … */
final class PathReduction {

    private static final String KEPT = "lost+found";
    private static final int LETTERS = 26;

    /** So few files that each may be tried in the place of each other one. */
    private static final int MOST_MERGED = 6;

    private final Search search;

    PathReduction(Search search) {
        this.search = search;
    }

    void reduce() {
        for (String directory : directories()) {
            hoist(directory);
        }
        for (int i = search.best().steps().size() - 1; i >= 0; i--) {
            unite(i);
        }
        mergeFiles();
        renameAll();
        for (String name : names()) {
            renameOne(name);
        }
    }

    /** Every path that is the beginning of another one, the longest first. */
    private List<String> directories() {
        Set<String> directories = new LinkedHashSet<>();
        for (String path : paths()) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                directories.add(path.substring(0, slash));
            }
        }
        List<String> sorted = new ArrayList<>(directories);
        sorted.sort((a, b) -> a.length() != b.length() ? b.length() - a.length() : a.compareTo(b));
        return sorted;
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (Step step : search.best().steps()) {
            for (String word : OperationWords.of(step.operation())) {
                if (Words.isPath(word)) {
                    paths.add(word);
                }
            }
        }
        return paths;
    }

    /** The names in paths, in the order in which they appear. */
    private List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String path : paths()) {
            for (String name : path.split("/", -1)) {
                if (!name.isEmpty() && !name.equals(KEPT)) {
                    names.add(name);
                }
            }
        }
        return new ArrayList<>(names);
    }

    /** What is in a directory moves to the one above, and the directory need not be made. */
    private void hoist(String directory) {
        String above = directory.substring(0, directory.lastIndexOf('/'));
        List<Step> moved = mapped(path -> path.startsWith(directory + "/")
                ? above + path.substring(directory.length())
                : path.equals(directory) && !above.isEmpty() ? above : path);
        List<Step> without = new ArrayList<>();
        for (Step step : moved) {
            List<String> words = OperationWords.of(step.operation());
            if (!words.getFirst().equals("mkdir")
                    || !words.get(1).equals(directory) && !words.get(1).equals(above)) {
                without.add(step);
            }
        }
        if (!search.takes(search.best().withSteps(without))) {
            search.takes(search.best().withSteps(moved));
        }
    }

    /** What a step links or renames keeps its first name, so that the step may go. */
    private void unite(int index) {
        if (index >= search.best().steps().size()) {
            return;
        }
        Step step = search.best().steps().get(index);
        List<String> words = OperationWords.of(step.operation());
        if (words.size() == 3 && Words.isPath(words.get(1)) && Words.isPath(words.get(2))) {
            String first = words.get(1);
            String second = words.get(2);
            List<Step> steps = mapped(path -> path.equals(second)
                    ? first
                    : path.startsWith(second + "/") ? first + path.substring(second.length()) : path);
            steps.remove(index);
            search.takes(search.best().withSteps(steps));
        }
    }

    /** What happens to one of two files happens to the other one, so that the one need not be made. */
    private void mergeFiles() {
        Set<String> made = new LinkedHashSet<>();
        for (Step step : search.best().steps()) {
            if (Words.verb(step).equals("creat")) {
                made.add(OperationWords.of(step.operation()).get(1));
            }
        }
        if (made.size() > MOST_MERGED) {
            return;
        }
        for (String first : made) {
            for (String second : made) {
                if (!first.equals(second)) {
                    merge(first, second);
                }
            }
        }
    }

    private void merge(String first, String second) {
        List<Step> merged = mapped(path -> path.equals(second) ? first : path);
        for (int i = merged.size() - 1; i >= 0; i--) {
            List<String> words = OperationWords.of(merged.get(i).operation());
            if (words.getFirst().equals("creat") && words.get(1).equals(first)) {
                List<Step> without = new ArrayList<>(merged);
                without.remove(i);
                if (search.takes(search.best().withSteps(without))) {
                    return;
                }
            }
        }
    }

    private void renameAll() {
        Map<String, String> renamed = new LinkedHashMap<>();
        List<String> names = names();
        for (int i = 0; i < names.size(); i++) {
            renamed.put(names.get(i), letter(i));
        }
        search.takes(search.best().withSteps(mapped(path -> renamed(path, renamed))));
    }

    private void renameOne(String name) {
        List<String> taken = names();
        for (int i = 0; i < LETTERS; i++) {
            String letter = letter(i);
            if (letter.length() > name.length() || letter.length() == name.length() && letter.compareTo(name) >= 0) {
                return;
            }
            if (!taken.contains(letter)) {
                search.takes(search.best().withSteps(mapped(path -> renamed(path, name, letter))));
                return;
            }
        }
    }

    private static String letter(int index) {
        return index < LETTERS ? String.valueOf((char) ('a' + index)) : "n" + index;
    }

    private static String renamed(String path, Map<String, String> names) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            parts.add(names.getOrDefault(part, part));
        }
        return String.join("/", parts);
    }

    private static String renamed(String path, String name, String other) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(name, other);
        return renamed(path, names);
    }

    private List<Step> mapped(UnaryOperator<String> change) {
        List<Step> steps = new ArrayList<>();
        for (Step step : search.best().steps()) {
            List<String> words = new ArrayList<>(OperationWords.of(step.operation()));
            words.replaceAll(word -> Words.isPath(word) && word.length() > 1 ? change.apply(word) : word);
            Step changed = Words.step(step.number(), words);
            steps.add(changed == null ? step : changed);
        }
        return steps;
    }
}
