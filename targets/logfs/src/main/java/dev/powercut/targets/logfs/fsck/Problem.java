package dev.powercut.targets.logfs.fsck;

import dev.powercut.check.image.ImageProblem;

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
public record Problem(ProblemKind kind, int inode, int block, long found, long expected, String name, String path)
        implements ImageProblem {

    Problem(ProblemKind kind, int inode, int block, long found, long expected, String name) {
        this(kind, inode, block, found, expected, name, "");
    }

    Problem(ProblemKind kind, int inode, int block, long found, long expected) {
        this(kind, inode, block, found, expected, "", "");
    }

    Problem withPath(String newPath) {
        return new Problem(kind, inode, block, found, expected, name, newPath);
    }

    @Override
    public String toString() {
        return text();
    }
}
