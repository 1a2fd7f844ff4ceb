package dev.powercut.check.model;

import dev.powercut.check.workload.Result;
import java.util.List;

/**
 * What an operation does to the model.
 *
 * @param next the version after it
 * @param expected what it should come back with
 * @param agrees whether the actual result is right; true when there was none to compare
 * @param effects what changed, in order, and what is promised
 */
public record Transition(Model next, Result expected, boolean agrees, List<Effect> effects) {}
