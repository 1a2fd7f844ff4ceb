package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.Exploration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's exploration under one of several crash models: a {@link RunPart} before it is known which findings the report tells.
 *
 * @param fingerprints of its findings
 */
public record ModelPart(
        String name,
        String title,
        @Nullable String incomplete,
        String reproduce,
        Exploration exploration,
        List<String> fingerprints) {
    public ModelPart {
        fingerprints = List.copyOf(fingerprints);
    }
}
