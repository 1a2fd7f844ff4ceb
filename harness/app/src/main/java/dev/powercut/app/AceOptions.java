package dev.powercut.app;

import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.ace.AceRange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code --workload ace}: which part of the enumeration. */
final class AceOptions {

    private static final int DEFAULT_LENGTH = 1;

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "ace: core operations of each workload, 1 (default) to 4; 3 are millions of workloads.")
    private @Nullable Integer length;

    @Option(names = "--shard", paramLabel = "I/N", description = "ace: only the I-th of N parts, such as 3/16.")
    private @Nullable String shard;

    @Option(names = "--from", paramLabel = "K", description = "ace: begin with workload K, where a run was stopped.")
    private @Nullable Long from;

    @Option(names = "--count", description = "ace: only count the workloads, and say what they are.")
    private boolean count;

    boolean counts() {
        return count;
    }

    /**
     * The part that was asked for.
     *
     * @throws UsageException when there is no such part
     */
    AceRange range() {
        return AceRange.of(lengthOrDefault(), shard, from);
    }

    int lengthOrDefault() {
        return length == null ? DEFAULT_LENGTH : length;
    }

    /** @throws UsageException when one of these options was given for a workload of another sort */
    void refuse(String workload) {
        String given = length != null ? "--length" : shard != null ? "--shard" : from != null ? "--from" : "--count";
        if (length != null || shard != null || from != null || count) {
            throw new UsageException(
                    given + " goes with --workload " + RunConfiguration.ACE + ", not with " + workload);
        }
    }
}
