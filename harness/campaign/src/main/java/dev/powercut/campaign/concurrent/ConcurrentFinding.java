package dev.powercut.campaign.concurrent;

import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.Trouble;

/**
 * Something wrong that schedules of a run showed, with the first of them as the example.
 *
 * @param seed of the program and the schedules
 * @param schedule which schedule of that program it was, from 1 on
 * @param advisory whether the target does not declare to withstand the crash model under which it shows
 * @param occurrences how many schedules showed the like
 */
public record ConcurrentFinding(
        Trouble trouble, ConcurrentScenario scenario, long seed, long schedule, boolean advisory, long occurrences) {

    ConcurrentFinding again() {
        return new ConcurrentFinding(trouble, scenario, seed, schedule, advisory, occurrences + 1);
    }
}
