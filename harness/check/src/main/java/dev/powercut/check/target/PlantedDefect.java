package dev.powercut.check.target;

import org.jspecify.annotations.Nullable;

/**
 * A defect that can be switched on in a target by name.
 *
 * @param name as on the command line, lower case with hyphens
 * @param summary one line for people: what it does wrong
 * @param crashModel name of the smallest crash model that shows it
 * @param mountOptions mount options with which it shows, empty for none
 * @param format size and format of a volume on which it shows soon; null for the target's own
 * @param runOptions what else {@code run} takes to show it, as on the command line, such as {@code --seed 4}; empty for nothing
 */
public record PlantedDefect(
        String name,
        String summary,
        String crashModel,
        String mountOptions,
        @Nullable FormatRequest format,
        String runOptions) {

    /** A defect that shows in any run with this crash model and these mount options, on a volume of the target's own format. */
    public PlantedDefect(String name, String summary, String crashModel, String mountOptions) {
        this(name, summary, crashModel, mountOptions, null, "");
    }

    /** A defect that prefixes of the log show, without mount options. */
    public PlantedDefect(String name, String summary) {
        this(name, summary, "prefix", "");
    }

    /** The same, that shows on such a volume. */
    public PlantedDefect on(FormatRequest volume) {
        return new PlantedDefect(name, summary, crashModel, mountOptions, volume, runOptions);
    }

    /** The same, for which {@code run} needs these options, too. */
    public PlantedDefect shownBy(String furtherOptions) {
        return new PlantedDefect(name, summary, crashModel, mountOptions, format, furtherOptions);
    }

    /** Size and format of the volume on which it is sought. */
    public FormatRequest formatOf(FileSystemTarget target) {
        return format == null ? target.defaultFormat() : format;
    }
}
