package dev.powercut.campaign.litmus;

/**
 * Under what the tests are run.
 *
 * @param crash name of a crash model
 * @param mountOptions as for mount(8), empty for none
 * @param declared whether the filesystem declares to withstand that; else what is found is advisory
 */
public record LitmusColumn(String crash, String mountOptions, boolean declared) {

    /** Heading of the column. */
    public String words() {
        return crash + (mountOptions.isEmpty() ? "" : ", " + mountOptions) + (declared ? "" : " (advisory)");
    }
}
