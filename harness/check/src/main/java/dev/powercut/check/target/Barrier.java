package dev.powercut.check.target;

/**
 * A place at which a filesystem orders writes or flushes, and which can be switched off alone, to see what it is good for.
 *
 * @param name stable name, as in causes of writes
 * @param kind what it does
 * @param why what it keeps from happening, one line
 * @param explanation why exploration cannot show that it is needed, where that is so: what it is good for all the same; else
 *     empty
 */
public record Barrier(String name, Kind kind, String why, String explanation) {

    /** In front of the name of a barrier where a defect's name may stand: the filesystem without it. */
    public static final String WITHOUT = "without:";

    /** What a barrier does. */
    public enum Kind {
        /** One write goes before another, with a flush between them where the device may change the order. */
        ORDER,
        /** What was written is made durable before anything else is done. */
        FLUSH
    }

    /** The filesystem without this barrier, as a defect. */
    public PlantedDefect removed() {
        return new PlantedDefect(WITHOUT + name, "does without: " + why);
    }
}
