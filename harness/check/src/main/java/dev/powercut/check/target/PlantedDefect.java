package dev.powercut.check.target;

/**
 * A defect that can be switched on in a target by name.
 *
 * @param name as on the command line, lower case with hyphens
 * @param summary one line for people: what it does wrong
 * @param crashModel name of the smallest crash model that shows it
 * @param mountOptions mount options with which it shows, empty for none
 */
public record PlantedDefect(String name, String summary, String crashModel, String mountOptions) {

    /** A defect that prefixes of the log show, without mount options. */
    public PlantedDefect(String name, String summary) {
        this(name, summary, "prefix", "");
    }
}
