package dev.powercut.reports.html;

import dev.powercut.campaign.ReportPlot;
import dev.powercut.check.target.Measurement.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plot as vectors of the page itself, so that it follows the page's colours and its text is text. Drawn here and not by a library for charts:
 * those for Java measure text with the fonts of the computer, and so would draw the same report differently on another.
 */
record PlotView(ReportPlot plot, List<Panel> panels, Axis x, Axis y) {

    static final int LEFT = 64;
    static final int TOP = 18;
    static final int WIDTH = 700;

    private static final int LINES_HEIGHT = 320;
    private static final int SCATTER_HEIGHT = 110;
    private static final int MOST_TICKS = 6;

    /** What lies in one pair of axes. */
    record Panel(String name, int height, List<Line> lines) {

        int bottom() {
            return TOP + height;
        }
    }

    /** A series, its points as the attribute of a polyline or as the path of dots. */
    record Line(String name, int colour, String points, String dots) {}

    /** A scale from 0 to its last tick. */
    record Axis(double end, double step) {

        static Axis upTo(double most) {
            double top = most > 0 ? most : 1;
            double decade = Math.pow(10, Math.floor(Math.log10(top)) - 1);
            double step = decade;
            for (int times : new int[] {1, 2, 5, 10, 20, 50}) {
                step = times * decade;
                if (top / step <= MOST_TICKS) {
                    break;
                }
            }
            return new Axis(Math.ceil(top / step) * step, step);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (int i = 0; i * step <= end * 1.0001; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }

        double share(double value) {
            return value / end;
        }
    }

    static PlotView of(ReportPlot plot) {
        double mostX = 0;
        double mostY = 0;
        for (Series series : plot.series()) {
            for (int i = 0; i < series.x().length; i++) {
                mostX = Math.max(mostX, series.x()[i]);
                mostY = Math.max(mostY, series.y()[i]);
            }
        }
        Axis x = Axis.upTo(mostX);
        Axis y = Axis.upTo(mostY);
        List<Panel> panels = new ArrayList<>();
        if (plot.style() == ReportPlot.Style.LINES) {
            List<Line> lines = new ArrayList<>();
            for (Series series : plot.series()) {
                lines.add(line(series, lines.size(), x, y, LINES_HEIGHT));
            }
            panels.add(new Panel("", LINES_HEIGHT, lines));
        } else {
            for (Series series : plot.series()) {
                panels.add(new Panel(
                        series.name(), SCATTER_HEIGHT, List.of(line(series, panels.size(), x, y, SCATTER_HEIGHT))));
            }
        }
        return new PlotView(plot, panels, x, y);
    }

    boolean joins() {
        return plot.style() == ReportPlot.Style.LINES;
    }

    String atX(double value) {
        return coordinate(LEFT + x.share(value) * WIDTH);
    }

    String atY(double value, int height) {
        return coordinate(TOP + (1 - y.share(value)) * height);
    }

    /** A tick's number, as short as it can be. */
    static String tick(double value) {
        if (value == Math.rint(value)) {
            return Numbers.grouped((long) value);
        }
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("0+$", "");
    }

    private static Line line(Series series, int index, Axis x, Axis y, int height) {
        StringBuilder points = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        String before = "";
        for (int i = 0; i < series.x().length; i++) {
            String place = coordinate(LEFT + x.share(series.x()[i]) * WIDTH) + ","
                    + coordinate(TOP + (1 - y.share(series.y()[i])) * height);
            if (!place.equals(before)) {
                points.append(points.isEmpty() ? "" : " ").append(place);
                dots.append('M').append(place).append("h0");
            }
            before = place;
        }
        return new Line(series.name(), index % 6, points.toString(), dots.toString());
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
