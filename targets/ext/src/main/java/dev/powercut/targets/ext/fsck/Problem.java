package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageProblem;

/**
 * One thing that is wrong. Which of the numbers mean something depends on the kind; the others are 0.
 *
 * @param inode inode that has the problem; of an entry, the directory that holds it
 * @param block block, or group, that has it
 * @param offset of an entry, its byte offset in the block
 * @param found what is there
 * @param expected what should be there
 * @param name name of the entry, or the reason in words; empty where there is none
 * @param path path of the inode; empty where it is not known or was not asked for
 */
public record Problem(
        ProblemKind kind, int inode, int block, int offset, long found, long expected, String name, String path)
        implements ImageProblem {

    Problem(ProblemKind kind, int inode, int block, int offset, long found, long expected, String name) {
        this(kind, inode, block, offset, found, expected, name, "");
    }

    Problem(ProblemKind kind, int inode, int block, long found, long expected) {
        this(kind, inode, block, 0, found, expected, "");
    }

    Problem withPath(String newPath) {
        return new Problem(kind, inode, block, offset, found, expected, name, newPath);
    }

    @Override
    public String value(String place) {
        return place.equals("offset") ? Integer.toString(offset) : ImageProblem.super.value(place);
    }

    @Override
    public String toString() {
        return text();
    }
}
