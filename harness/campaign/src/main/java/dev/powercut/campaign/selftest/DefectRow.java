package dev.powercut.campaign.selftest;

import dev.powercut.check.target.PlantedDefect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of seeking one planted defect.
 *
 * @param target name of the target it is planted in
 * @param attempts one for each search
 */
public record DefectRow(String target, PlantedDefect defect, List<Attempt> attempts) {

    public DefectRow {
        attempts = List.copyOf(attempts);
    }

    /**
     * One search.
     *
     * @param found the oracle and kind of the most important finding; empty when there was none
     * @param states how many distinct states were examined, those of the run that failed included
     * @param cpuNanos processor time of all that
     */
    public record Attempt(String found, long states, long cpuNanos) {
        public boolean isFound() {
            return !found.isEmpty();
        }
    }

    public long timesFound() {
        return attempts.stream().filter(Attempt::isFound).count();
    }

    public boolean isMissed() {
        return timesFound() == 0;
    }

    /** What found it most often; the first by name of several. */
    public String foundBy() {
        Map<String, Integer> times = new TreeMap<>();
        for (Attempt attempt : attempts) {
            if (attempt.isFound()) {
                times.merge(attempt.found, 1, Integer::sum);
            }
        }
        return times.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** Median over the searches that found it; the lower of two in the middle. */
    public long medianStates() {
        return median(
                attempts.stream().filter(Attempt::isFound).map(Attempt::states).toList());
    }

    /** Median over the searches that found it; the lower of two in the middle. */
    public long medianCpuNanos() {
        return median(attempts.stream()
                .filter(Attempt::isFound)
                .map(Attempt::cpuNanos)
                .toList());
    }

    private static long median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        sorted.sort(null);
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) / 2);
    }
}
