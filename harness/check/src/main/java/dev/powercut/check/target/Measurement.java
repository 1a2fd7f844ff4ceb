package dev.powercut.check.target;

import java.util.List;

/** Something that a target measures of itself, on virtual machines only: the same on every computer. */
public interface Measurement {

    /** One word or a few with hyphens, for the command line. */
    String name();

    /** What the plot shows, as a heading. */
    String title();

    /** How it was measured and how to read it, a sentence or two. */
    String text();

    /** What {@link Series#x} is, with its unit. */
    String xLabel();

    /** What {@link Series#y} is, with its unit. */
    String yLabel();

    /** Measures: takes seconds. */
    List<Series> measure();

    /**
     * A line of a plot.
     *
     * @param x not falling
     * @param y as many as {@code x}
     */
    record Series(String name, double[] x, double[] y) {
        public Series {
            if (x.length != y.length) {
                throw new IllegalArgumentException(
                        "series " + name + " has " + x.length + " x, but " + y.length + " y");
            }
        }
    }
}
