package dev.powercut.check.image;

import dev.powercut.check.target.CheckResult.Severity;

/** One thing that is wrong with an image. Which of the numbers mean something depends on the kind; the others are 0. */
public interface ImageProblem {

    /**
     * What can be wrong. Its texts have places such as {@code {inode}} and {@code {found}}, for the numbers of a problem.
     */
    interface Kind {

        /** The pass of the check that finds it, from 0. */
        int pass();

        Severity severity();

        /** A stable word, such as {@code block-claimed-twice}. */
        String slug();

        /** What is wrong, for people. */
        String text();

        /** What a repair does about it; empty when it can do nothing. */
        String remedy();
    }

    Kind kind();

    /** Inode that has the problem; of an entry, the directory that holds it. */
    int inode();

    /** Block, or group or segment, that has it. */
    int block();

    /** What is there. */
    long found();

    /** What should be there. */
    long expected();

    /** Name of the entry, or the reason in words; empty where there is none. */
    String name();

    /** Path of the inode; empty where it is not known or was not asked for. */
    String path();

    /** What goes in a place of the texts. */
    default String value(String place) {
        return switch (place) {
            case "inode" -> numbered(inode(), path());
            case "block" -> Integer.toUnsignedString(block());
            case "found" -> Long.toString(found());
            case "expected" -> Long.toString(expected());
            default -> ProblemText.printable(name());
        };
    }

    /** Number of an inode, with its path where that is known. */
    static String numbered(int inode, String path) {
        return Integer.toUnsignedString(inode) + (path.isEmpty() ? "" : " (" + ProblemText.printable(path) + ")");
    }

    /** One line for people. */
    default String text() {
        String remedy = fix();
        return "pass " + kind().pass() + ": " + ProblemText.filled(kind().text(), this)
                + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }

    /** What a repair does about it, in words; empty when it can do nothing. */
    default String fix() {
        return ProblemText.filled(kind().remedy(), this);
    }
}
