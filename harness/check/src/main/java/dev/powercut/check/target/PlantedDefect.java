package dev.powercut.check.target;

/**
 * A defect that can be switched on in a target by name.
 *
 * @param name as on the command line, lower case with hyphens
 * @param summary one line for people: what it does wrong
 */
public record PlantedDefect(String name, String summary) {}
