package dev.powercut.sim.schedule;

/**
 * What one task did at one moment.
 *
 * @param task index of the task
 * @param kind what it did: {@code start}, {@code lock}, {@code resume} …
 * @param resource to what; empty when to nothing that others see
 */
public record Step(int task, String kind, String resource) {

    @Override
    public String toString() {
        return "task " + task + ": " + kind + (resource.isEmpty() ? "" : " " + resource);
    }
}
