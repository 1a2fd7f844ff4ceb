package dev.powercut.check.image;

/** Texts of problems, with values where the places are. */
final class ProblemText {

    private ProblemText() {}

    static String filled(String template, ImageProblem problem) {
        StringBuilder line = new StringBuilder(template.length() + 40);
        int at = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
            int close = template.indexOf('}', open);
            line.append(template, at, open).append(problem.value(template.substring(open + 1, close)));
            at = close + 1;
        }
        return line.append(template, at, template.length()).toString();
    }

    /** Control characters would break the line. */
    static String printable(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            text.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.toString();
    }
}
