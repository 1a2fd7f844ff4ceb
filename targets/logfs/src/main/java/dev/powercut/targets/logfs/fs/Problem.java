package dev.powercut.targets.logfs.fs;

/**
 * Something that does not fit together.
 *
 * @param kind a stable word
 * @param line all of it, for people
 */
public record Problem(String kind, String line) {}
