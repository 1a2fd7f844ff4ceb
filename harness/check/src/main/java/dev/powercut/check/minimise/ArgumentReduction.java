package dev.powercut.check.minimise;

import dev.powercut.check.workload.OperationWords;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.List;

/** Makes what stands in steps plain: operations, sizes, offsets, lengths, modes. */
final class ArgumentReduction {

    private static final long[] ROUND = {0, 1, 512, 1024, 4096, 12_288};

    private final Search search;

    ArgumentReduction(Search search) {
        this.search = search;
    }

    void reduce() {
        for (int i = 0; i < search.best().steps().size(); i++) {
            plainerOperation(i);
            int words = words(i).size();
            for (int word = 1; word < words; word++) {
                lower(i, word);
            }
        }
    }

    private List<String> words(int index) {
        return OperationWords.of(search.best().steps().get(index).operation());
    }

    private boolean takes(int index, List<String> words) {
        List<Step> steps = new ArrayList<>(search.best().steps());
        Step step = Words.step(steps.get(index).number(), words);
        if (step == null) {
            return false;
        }
        steps.set(index, step);
        return search.takes(search.best().withSteps(steps));
    }

    private void plainerOperation(int index) {
        List<String> words = words(index);
        String verb = words.getFirst();
        if (takes(index, List.of("sync"))) {
            return;
        }
        switch (verb) {
            case "append" -> takes(index, List.of("write", words.get(1), "0", words.get(2)));
            case "mmap-write" -> takes(index, List.of("write", words.get(1), words.get(2), words.get(3)));
            case "mkfifo" -> takes(index, List.of("creat", words.get(1), "0644"));
            case "symlink" -> takes(index, List.of("creat", words.get(2), "0644"));
            case "fdatasync" -> takes(index, List.of("fsync", words.get(1)));
            case "write-open", "read-open", "truncate-open", "fsync-open", "fdatasync-open" -> byPath(index, words);
            default -> {}
        }
    }

    /** The same through the path that the slot was opened with, so that the open file may go. */
    private void byPath(int index, List<String> words) {
        for (int i = index - 1; i >= 0; i--) {
            List<String> open = words(i);
            if (open.getFirst().equals("open") && open.get(1).equals(words.get(1))) {
                List<String> others = new ArrayList<>(words);
                others.set(0, words.getFirst().substring(0, words.getFirst().length() - "-open".length()));
                others.set(1, open.get(2));
                takes(index, others);
                return;
            }
        }
    }

    private void lower(int index, int at) {
        List<String> words = words(index);
        if (at >= words.size()) {
            return;
        }
        String word = words.get(at);
        if (Words.isMode(word)) {
            takes(index, Words.with(words, at, Words.usualMode(words.getFirst())));
        } else if (Words.isNumber(word)) {
            lowerNumber(index, at, Long.parseLong(word));
        } else if (!Words.isPath(word) && word.length() > 1) {
            takes(index, Words.with(words, at, "a"));
        }
    }

    private void lowerNumber(int index, int at, long number) {
        for (long round : ROUND) {
            if (round < number && takes(index, Words.with(words(index), at, Long.toString(round)))) {
                return;
            }
        }
        long low = 0;
        for (long unit = Long.highestOneBit(Math.max(1, number / 2)); unit >= 512; unit /= 2) {
            long rounded = Long.parseLong(words(index).get(at)) / unit * unit;
            if (rounded > low && !takes(index, Words.with(words(index), at, Long.toString(rounded)))) {
                low = Math.max(low, rounded);
            }
        }
    }
}
