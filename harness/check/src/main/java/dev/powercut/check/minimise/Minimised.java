package dev.powercut.check.minimise;

/**
 * What became of a scenario.
 *
 * @param scenario the smallest that was found to show the finding
 * @param candidates how many scenarios were run
 * @param spent whether the budget of candidates, or of crash states, ended the search, so that more might have been taken away
 */
public record Minimised(Scenario scenario, int candidates, boolean spent) {}
