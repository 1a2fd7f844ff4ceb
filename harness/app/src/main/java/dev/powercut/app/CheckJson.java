package dev.powercut.app;

import dev.powercut.check.target.ImageTool.CheckReport;
import dev.powercut.check.target.ImageTool.CheckedProblem;

/** What a check says, as one JSON object (RFC 8259). Keys are always there; a number that there is none of is null. */
final class CheckJson {

    private final StringBuilder out = new StringBuilder();

    private CheckJson() {}

    static String of(String image, CheckReport report) {
        CheckJson json = new CheckJson();
        json.out.append("{\"image\":");
        json.text(image);
        json.out.append(",\"problems\":[");
        String separator = "";
        for (CheckedProblem problem : report.problems()) {
            json.out.append(separator);
            json.problem(problem);
            separator = ",";
        }
        json.out.append("],\"summary\":");
        json.text(report.summary());
        return json.out
                .append(",\"exitCode\":")
                .append(report.exitCode())
                .append('}')
                .toString();
    }

    private void problem(CheckedProblem problem) {
        out.append("{\"kind\":");
        text(problem.kind());
        out.append(",\"inode\":").append(number(problem.inode()));
        out.append(",\"block\":").append(number(problem.block()));
        out.append(",\"path\":");
        text(problem.path());
        out.append(",\"fix\":");
        text(problem.fix());
        out.append(",\"text\":");
        text(problem.text());
        out.append('}');
    }

    private static String number(long number) {
        return number == 0 ? "null" : Long.toString(number);
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c) || c == 0x7F) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
