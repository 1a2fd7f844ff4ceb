package dev.powercut.campaign.selftest;

import dev.powercut.campaign.Search;
import dev.powercut.check.target.FormatRequest;
import org.jspecify.annotations.Nullable;

/**
 * What came of a correct filesystem.
 *
 * @param crash name of the crash model
 * @param mountOptions empty for none
 * @param format size and format of the volume; null for the target's own
 */
public record CorrectRow(
        String target,
        String crash,
        String mountOptions,
        @Nullable FormatRequest format,
        Search search) {

    /** What it was run with besides the crash model, in words; empty for nothing. */
    public String options() {
        String volume = format == null ? "" : (format.sizeBytes() >> 10) + " KiB, " + format.options();
        return mountOptions + (mountOptions.isEmpty() || volume.isEmpty() ? "" : ", ") + volume;
    }

    /** Whether something was found, which is a false alarm, or no planted defect at all. */
    public boolean isWrong() {
        return search.hasFound();
    }
}
