package dev.powercut.campaign.selftest;

import dev.powercut.campaign.Search;

/**
 * What came of a correct filesystem.
 *
 * @param crash name of the crash model
 * @param mountOptions empty for none
 */
public record CorrectRow(String target, String crash, String mountOptions, Search search) {

    /** Whether something was found, which is a false alarm, or no planted defect at all. */
    public boolean isWrong() {
        return search.hasFound();
    }
}
