package dev.powercut.sim.schedule;

/**
 * How to run, apart from the schedule.
 *
 * @param carrier what bodies run on
 * @param limits bounds of the run
 * @param recordsStacks whether the schedule keeps where each task stood at each step: slow, for explaining a divergence
 */
public record SchedulerOptions(Carrier carrier, Limits limits, boolean recordsStacks) {

    /** The best carrier, the usual limits, no stacks. */
    public static SchedulerOptions usual() {
        return new SchedulerOptions(Carrier.best(), Limits.DEFAULT, false);
    }

    public SchedulerOptions with(Carrier other) {
        return new SchedulerOptions(other, limits, recordsStacks);
    }

    public SchedulerOptions with(Limits others) {
        return new SchedulerOptions(carrier, others, recordsStacks);
    }

    public SchedulerOptions recordingStacks() {
        return new SchedulerOptions(carrier, limits, true);
    }
}
