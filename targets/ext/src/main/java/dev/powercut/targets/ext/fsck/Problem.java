package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageProblem;
import java.time.Instant;
import java.util.Locale;

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
 * @param otherPath path of {@link #other}; likewise
 */
public record Problem(
        ProblemKind kind,
        int inode,
        int block,
        int offset,
        long found,
        long expected,
        String name,
        String path,
        String otherPath)
        implements ImageProblem {

    Problem(ProblemKind kind, int inode, int block, int offset, long found, long expected, String name) {
        this(kind, inode, block, offset, found, expected, name, "", "");
    }

    Problem(ProblemKind kind, int inode, int block, long found, long expected) {
        this(kind, inode, block, 0, found, expected, "");
    }

    Problem withPaths(String newPath, String newOtherPath) {
        return new Problem(kind, inode, block, offset, found, expected, name, newPath, newOtherPath);
    }

    Problem withFound(long newFound) {
        return new Problem(kind, inode, block, offset, newFound, expected, name, path, otherPath);
    }

    /** Another inode that is in use and has to do with it; 0 where there is none, or it has not been looked for. */
    int other() {
        return switch (kind) {
            case BLOCK_CLAIMED_TWICE, DIRECTORY_NAMED_TWICE, DIRECTORY_NAMED_BY_STRANGERS -> (int) found;
            default -> 0;
        };
    }

    @Override
    public String value(String place) {
        return switch (place) {
            case "offset" -> Integer.toString(offset);
            case "mode" -> String.format(Locale.ROOT, "%05o", found);
            case "flags" -> String.format(Locale.ROOT, "0x%x", (int) found);
            case "time" -> Instant.ofEpochSecond(found).toString();
            case "now" -> Instant.ofEpochSecond(expected).toString();
            case "other" -> ImageProblem.numbered(other(), otherPath);
            case "claimant" ->
                other() == 0
                        ? "another pointer"
                        : other() == inode ? "another of its pointers" : "inode " + value("other");
            default -> ImageProblem.super.value(place);
        };
    }

    @Override
    public String toString() {
        return text();
    }
}
