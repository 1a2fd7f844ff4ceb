package dev.powercut.check.target;

import java.util.List;

/** Something under test, found through {@code ServiceLoader}. */
public interface Target {

    /** Name as on the command line, lower case. */
    String name();

    /** One line for people. */
    String summary();

    /** Defects that can be planted in it, to see that they are found. */
    List<PlantedDefect> defects();

    /** Defects that runs of random operations by one process do not show; their summaries say what does. */
    default List<PlantedDefect> furtherDefects() {
        return List.of();
    }
}
