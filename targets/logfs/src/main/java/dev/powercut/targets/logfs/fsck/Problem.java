package dev.powercut.targets.logfs.fsck;

/**
 * One thing that is wrong. Which of the numbers mean something depends on the kind; the others are 0.
 *
 * @param inode inode that has the problem; of an entry, the directory that holds it
 * @param block block, or segment, that has it
 * @param found what is there
 * @param expected what should be there
 * @param name name of the entry, or the rest in words; empty where there is none
 * @param path path of the inode; empty where it is not known or was not asked for
 */
public record Problem(ProblemKind kind, int inode, int block, long found, long expected, String name, String path) {

    Problem(ProblemKind kind, int inode, int block, long found, long expected, String name) {
        this(kind, inode, block, found, expected, name, "");
    }

    Problem(ProblemKind kind, int inode, int block, long found, long expected) {
        this(kind, inode, block, found, expected, "", "");
    }

    Problem withPath(String newPath) {
        return new Problem(kind, inode, block, found, expected, name, newPath);
    }

    /** One line for people. */
    public String text() {
        StringBuilder line = new StringBuilder(80);
        line.append("pass ").append(kind.pass()).append(": ");
        fill(line, kind.text());
        if (!kind.remedy().isEmpty()) {
            line.append(" (");
            fill(line, kind.remedy());
            line.append(')');
        }
        return line.toString();
    }

    /** What a repair does about it, in words; empty when it can do nothing. */
    public String fix() {
        StringBuilder words = new StringBuilder(20);
        fill(words, kind.remedy());
        return words.toString();
    }

    private void fill(StringBuilder line, String template) {
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            if (open < 0) {
                line.append(template, at, template.length());
                return;
            }
            int close = template.indexOf('}', open);
            line.append(template, at, open).append(value(template.substring(open + 1, close)));
            at = close + 1;
        }
    }

    private String value(String place) {
        return switch (place) {
            case "inode" -> Integer.toUnsignedString(inode) + (path.isEmpty() ? "" : " (" + printable(path) + ")");
            case "block" -> Integer.toUnsignedString(block);
            case "found" -> Long.toString(found);
            case "expected" -> Long.toString(expected);
            default -> printable(name);
        };
    }

    /** Control characters would break the line. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            text.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
