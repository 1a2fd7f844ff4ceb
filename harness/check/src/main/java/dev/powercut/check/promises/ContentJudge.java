package dev.powercut.check.promises;

import dev.powercut.check.model.Contents;
import dev.powercut.check.tree.FileContents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Size and bytes of a regular file.
 *
 * <p>A size is legal when it is one of the legal versions, or, because write() is not atomic, a multiple of a sector between
 * the sizes before and after a legal one that made the file longer. Each chunk within the size is one of its legal versions.
 * When the filesystem declares that a size never covers data that have not been written, let j be the earliest legal version
 * that explains the size found: each chunk is at least as new as the last operation up to j that made the file longer over it.
 * (Taking the earliest one demands least, so that what is reported is wrong under every explanation.) Where stale data are declared,
 * a page of which something was written and not synced may hold anything; that is told all the same.
 */
final class ContentJudge {

    private static final int NONE = -1;

    /** What filesystems write of a file at once, at most; with blocks no larger, others' data show within it only. */
    private static final long PAGE_BYTES = 4096;

    private final Cut cut;
    private final Findings findings;
    private final DataOrigin origin;
    private final boolean coversWrittenDataOnly;
    private final boolean staleIsDeclared;

    ContentJudge(Promises promises, Cut cut, Findings findings) {
        this.cut = cut;
        this.findings = findings;
        this.origin = new DataOrigin(promises);
        this.coversWrittenDataOnly = promises.guarantees.sizeCoversWrittenDataOnly();
        this.staleIsDeclared = promises.guarantees.unsyncedDataMayBeStale();
    }

    void judge(FileContents found, TrackedFile file, EntryCell cell) {
        int promise = cut.contentPromise(file);
        int low = file.size.lastBefore(Math.max(promise, 0));
        int high = file.size.lastBefore(cut.begun());
        int explanation = explanation(file.size, found.sizeBytes(), low, high);
        if (explanation == NONE) {
            wrongSize(found, file, cell, promise, low, high);
            return;
        }
        boolean grew = coversWrittenDataOnly && explanation > low;
        byte[] flat = found.flat();
        long size = found.sizeBytes();
        long checkedUpTo = 0;
        int kindsReported = 0;
        for (int i = 0; i < file.chunks.size(); i++) {
            ChunkCell chunk = file.chunks.get(i);
            if (chunk.offsetBytes >= size) {
                break;
            }
            if (chunk.offsetBytes > checkedUpTo) {
                kindsReported = untouched(found, file, cell, checkedUpTo, chunk.offsetBytes, kindsReported);
            }
            int length = (int) Math.min(Contents.CHUNK_BYTES, size - chunk.offsetBytes);
            int lowest = chunk.lastBefore(Math.max(promise, 0));
            int latest = chunk.lastBefore(cut.begun());
            int needed = lowest;
            if (grew) {
                int extension = extension(file.size, low, explanation, chunk.offsetBytes, size);
                needed = extension == NONE ? lowest : Math.max(lowest, chunk.lastBefore(extension + 1));
            }
            if (!hasVersion(found, flat, chunk, length, needed, latest)) {
                kindsReported = wrongChunk(
                        found, file, cell, chunk, length, lowest, needed, latest, explanation, kindsReported);
            }
            checkedUpTo = chunk.offsetBytes + Contents.CHUNK_BYTES;
        }
        if (checkedUpTo < size) {
            untouched(found, file, cell, checkedUpTo, size, kindsReported);
        }
    }

    /** The earliest legal version that explains a size, or {@link #NONE}. */
    private static int explanation(LongCell sizes, long size, int low, int high) {
        for (int version = low; version <= high; version++) {
            long to = sizes.value(version);
            if (to == size) {
                return version;
            }
            if (version > low && size % Contents.CHUNK_BYTES == 0 && size > sizes.value(version - 1) && size < to) {
                return version;
            }
        }
        return NONE;
    }

    /** The last operation up to an explanation that made the file longer over a chunk, or {@link #NONE}. */
    private static int extension(LongCell sizes, int low, int explanation, long chunkOffset, long size) {
        long chunkEnd = Math.min(size, chunkOffset + Contents.CHUNK_BYTES);
        for (int version = explanation; version > low; version--) {
            if (sizes.value(version - 1) < chunkEnd
                    && sizes.value(version) > Math.max(chunkOffset, sizes.value(version - 1))) {
                return sizes.operation(version);
            }
        }
        return NONE;
    }

    private static boolean hasVersion(FileContents found, byte[] flat, ChunkCell chunk, int length, int low, int high) {
        for (int version = high; version >= low; version--) {
            byte[] bytes = chunk.version(version);
            boolean same;
            if (flat.length > 0) {
                int at = (int) chunk.offsetBytes;
                same = Arrays.equals(flat, at, at + length, bytes, 0, length);
            } else {
                same = found.matches(chunk.offsetBytes, bytes, length);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    private void wrongSize(FileContents found, TrackedFile file, EntryCell cell, int promise, int low, int high) {
        List<String> expected = new ArrayList<>();
        for (int version = low; version <= high; version++) {
            expected.add(file.size.value(version) + " bytes" + findings.by(file.size.operation(version)));
        }
        findings.add(
                Violation.Kind.WRONG_SIZE,
                findings.path(cell),
                expected,
                found.sizeBytes() + " bytes",
                findings.promise(promise),
                file.size.operation(low),
                promise);
    }

    /** Bytes that nobody ever wrote must be zero. Returns the kinds reported for this file so far, one bit each. */
    private int untouched(FileContents found, TrackedFile file, EntryCell cell, long from, long to, int kindsReported) {
        long at = found.firstNonZero(from, to);
        if (at < 0) {
            return kindsReported;
        }
        long pageEnd = (at / PAGE_BYTES + 1) * PAGE_BYTES;
        if (mayBeStale(file, at) && pageEnd < to) {
            int reported = untouchedAt(found, file, cell, at, kindsReported);
            return untouched(found, file, cell, pageEnd, to, reported);
        }
        return untouchedAt(found, file, cell, at, kindsReported);
    }

    private int untouchedAt(FileContents found, TrackedFile file, EntryCell cell, long at, int kindsReported) {
        long start = at - at % Contents.CHUNK_BYTES;
        int length = (int) Math.min(Contents.CHUNK_BYTES, found.sizeBytes() - start);
        byte[] bytes = new byte[length];
        found.copyTo(start, bytes, 0, length);
        DataOrigin.Verdict verdict = origin.of(bytes, start, file, null);
        return report(
                mayBeStale(file, start) ? Violation.Kind.STALE_DATA : verdict.kind(),
                cell,
                start,
                List.of("zeroes, for nothing was ever written there"),
                verdict.words(),
                "",
                kindsReported,
                verdict.operation());
    }

    private int wrongChunk(
            FileContents found,
            TrackedFile file,
            EntryCell cell,
            ChunkCell chunk,
            int length,
            int lowest,
            int needed,
            int latest,
            int explanation,
            int kindsReported) {
        List<String> expected = new ArrayList<>();
        for (int version = needed; version <= latest; version++) {
            expected.add(origin.words(chunk.version(version), length) + findings.by(chunk.operation(version)));
        }
        int promise = cut.contentPromise(file);
        int older = older(found, chunk, length, needed - 1);
        if (older >= lowest) {
            String rule = "the size of " + found.sizeBytes() + " bytes, made"
                    + findings.by(file.size.operation(explanation)) + ", covers only data that have been written";
            return report(
                    Violation.Kind.UNWRITTEN_DATA,
                    cell,
                    chunk.offsetBytes,
                    expected,
                    origin.words(chunk.version(older), length) + findings.by(chunk.operation(older)),
                    rule,
                    kindsReported,
                    file.size.operation(explanation),
                    chunk.operation(needed));
        }
        byte[] bytes = new byte[length];
        found.copyTo(chunk.offsetBytes, bytes, 0, length);
        DataOrigin.Verdict verdict = older >= 0
                ? DataOrigin.older(bytes, chunk.operation(older))
                : origin.of(bytes, chunk.offsetBytes, file, chunk);
        String by = older >= 0 ? findings.by(chunk.operation(older)) : "";
        return report(
                mayBeStale(file, chunk.offsetBytes) ? Violation.Kind.STALE_DATA : verdict.kind(),
                cell,
                chunk.offsetBytes,
                expected,
                verdict.words() + by,
                findings.promise(promise),
                kindsReported,
                chunk.operation(needed),
                promise,
                verdict.operation());
    }

    /** Whether stale data are declared, and something of the page around an offset was written and has not been synced. */
    private boolean mayBeStale(TrackedFile file, long offsetBytes) {
        if (!staleIsDeclared) {
            return false;
        }
        int promised = Math.max(cut.contentPromise(file), 0);
        for (int i = 0; i < file.chunks.size(); i++) {
            ChunkCell chunk = file.chunks.get(i);
            if (chunk.offsetBytes / PAGE_BYTES == offsetBytes / PAGE_BYTES
                    && chunk.lastBefore(cut.begun()) > chunk.lastBefore(promised)) {
                return true;
            }
        }
        return false;
    }

    private static int older(FileContents found, ChunkCell chunk, int length, int from) {
        for (int version = from; version >= 0; version--) {
            if (found.matches(chunk.offsetBytes, chunk.version(version), length)) {
                return version;
            }
        }
        return NONE;
    }

    private int report(
            Violation.Kind kind,
            EntryCell cell,
            long offset,
            List<String> expected,
            String foundWords,
            String promise,
            int kindsReported,
            int... operations) {
        int bit = 1 << kind.ordinal();
        if ((kindsReported & bit) == 0) {
            String place = "at byte " + offset + ": ";
            List<String> placed = new ArrayList<>();
            expected.forEach(words -> placed.add(place + words));
            findings.add(kind, findings.path(cell), placed, place + foundWords, promise, operations);
        }
        return kindsReported | bit;
    }
}
