package dev.powercut.check.minimise;

import dev.powercut.check.workload.OperationWords;
import dev.powercut.check.workload.Step;
import java.util.List;

/**
 * How much there is to read and to understand in steps: for comparing scenarios with the same number of them.
 *
 * @param operations how many operations could be said with a plainer one
 * @param paths how long the paths are together
 * @param arguments how large the numbers are together, and how many modes are unusual
 * @param numbers the sum of the steps' own numbers
 */
record Weight(long operations, long paths, long arguments, long numbers) implements Comparable<Weight> {

    static Weight of(List<Step> steps) {
        long operations = 0;
        long paths = 0;
        long arguments = 0;
        long numbers = 0;
        for (Step step : steps) {
            List<String> words = OperationWords.of(step.operation());
            String verb = words.getFirst();
            operations += weight(verb);
            numbers += step.number();
            for (String word : words.subList(1, words.size())) {
                if (Words.isPath(word)) {
                    paths += pathWeight(word);
                } else if (Words.isMode(word)) {
                    arguments += word.equals(Words.usualMode(verb)) ? 0 : 1;
                } else if (Words.isNumber(word)) {
                    arguments += Long.parseLong(word);
                } else {
                    paths += word.length();
                }
            }
        }
        return new Weight(operations, paths, arguments, numbers);
    }

    /** What changes nothing and only asks for durability weighs less than what does. */
    private static int weight(String verb) {
        if (verb.endsWith("-open")) {
            return 5;
        }
        return switch (verb) {
            case "sync" -> 0;
            case "fsync" -> 1;
            case "fdatasync", "unmount" -> 2;
            case "append", "mmap-write", "mkfifo", "mknod", "symlink" -> 4;
            default -> 3;
        };
    }

    /** Longer is more, and of paths of one length those with the letters further back in the alphabet. */
    private static long pathWeight(String path) {
        long weight = 1000L * path.length();
        for (int i = 0; i < path.length(); i++) {
            weight += Math.min(path.charAt(i), 'z') - '/';
        }
        return weight;
    }

    @Override
    public int compareTo(Weight other) {
        int byOperations = Long.compare(operations, other.operations);
        int byPaths = byOperations != 0 ? byOperations : Long.compare(paths, other.paths);
        int byArguments = byPaths != 0 ? byPaths : Long.compare(arguments, other.arguments);
        return byArguments != 0 ? byArguments : Long.compare(numbers, other.numbers);
    }
}
