package dev.powercut.campaign.cost;

import dev.powercut.check.target.FileSystemTarget;

/** A filesystem as it is mounted for a comparison. */
public record Subject(FileSystemTarget target, String mountOptions) {

    /** For example {@code ext3 data=ordered}. */
    public String words() {
        return mountOptions.isEmpty() ? target.name() : target.name() + " " + mountOptions;
    }
}
