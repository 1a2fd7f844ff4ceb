package dev.powercut.check.promises;

import dev.powercut.check.model.Contents;
import dev.powercut.check.workload.WrittenData;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds out where bytes come from that should not be where they are. */
final class DataOrigin {

    /**
     * What bytes are.
     *
     * @param operation index of the operation that wrote them, or -1
     */
    record Verdict(Violation.Kind kind, String words, int operation) {}

    private static final int NONE = -1;

    private final Promises promises;

    DataOrigin(Promises promises) {
        this.promises = promises;
    }

    /** Bytes that were a chunk's version before what was promised. */
    static Verdict older(byte[] bytes, int operation) {
        return isZero(bytes)
                ? new Verdict(Violation.Kind.STALE_ZEROES, "zeroes", operation)
                : new Verdict(Violation.Kind.LOST_DATA, "older data", operation);
    }

    /**
     * Bytes that never were a version of the chunk that they stand in.
     *
     * @param chunk the chunk's versions, or null when it has none
     */
    Verdict of(byte[] bytes, long fileOffset, TrackedFile file, @Nullable ChunkCell chunk) {
        if (isZero(bytes)) {
            return new Verdict(Violation.Kind.STALE_ZEROES, "zeroes", NONE);
        }
        for (int at = 0; at + WrittenData.UNIT_BYTES <= bytes.length; at += WrittenData.UNIT_BYTES) {
            int operation = operationOf(WrittenData.stepOf(bytes, at));
            if (operation != NONE) {
                long offset = WrittenData.offsetOf(bytes, at);
                boolean own = promises.writtenFiles[operation] == file.id && offset == fileOffset + at;
                if (!own) {
                    String words = "data that " + promises.timeline.text(operation) + " wrote at byte " + offset
                            + (promises.writtenFiles[operation] == file.id ? "" : " of another file");
                    return new Verdict(Violation.Kind.FOREIGN_DATA, words, operation);
                }
            }
        }
        if (chunk != null && isMixed(bytes, chunk)) {
            return new Verdict(Violation.Kind.MIXED_DATA, "a mixture of its versions", NONE);
        }
        return new Verdict(Violation.Kind.GARBAGE, "bytes that nobody wrote there: " + beginning(bytes), NONE);
    }

    /** What a version's bytes are, in words. */
    String words(byte[] bytes, int length) {
        if (isZero(Arrays.copyOf(bytes, length))) {
            return "zeroes";
        }
        return "data";
    }

    private int operationOf(int step) {
        for (int operation = 0; step >= 0 && operation < promises.writtenFiles.length; operation++) {
            if (promises.timeline.number(operation) == step && promises.writtenFiles[operation] >= 0) {
                return operation;
            }
        }
        return NONE;
    }

    /** Whether each byte is that of some version. */
    private static boolean isMixed(byte[] bytes, ChunkCell chunk) {
        for (int at = 0; at < bytes.length; at++) {
            boolean known = false;
            for (int version = 0; version < chunk.count() && !known; version++) {
                known = chunk.version(version)[at] == bytes[at];
            }
            if (!known) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static String beginning(byte[] bytes) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, WrittenData.UNIT_BYTES); i++) {
            words.append(String.format(i == 0 ? "%02x" : " %02x", bytes[i]));
        }
        return words.append(bytes.length > Contents.CHUNK_BYTES ? "" : " …").toString();
    }
}
