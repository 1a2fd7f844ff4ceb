package dev.powercut.campaign;

import dev.powercut.check.target.Measurement.Series;
import java.util.List;

/**
 * A plot of a report.
 *
 * @param xLabel what is measured along the page, with its unit
 * @param yLabel what is measured upwards, with its unit
 * @param style how points are shown
 * @param series at least one, each with at least one point; the scales take them all in and begin at 0
 */
public record ReportPlot(String xLabel, String yLabel, Style style, List<Series> series) {

    public ReportPlot {
        series = List.copyOf(series);
    }

    /** How points are shown. */
    public enum Style {
        /** All series in one plot, points joined by lines. */
        LINES,
        /** A small plot for each series, one below the other, on the same scales; points alone. */
        SCATTER_EACH
    }
}
