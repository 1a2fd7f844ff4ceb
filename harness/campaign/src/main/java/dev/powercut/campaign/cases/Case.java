package dev.powercut.campaign.cases;

import dev.powercut.check.explore.Finding;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.sim.disk.Kept;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be run again to the letter, and what should come of it.
 *
 * @param target name of a target
 * @param setting how the target is set up
 * @param scenario workload and choices
 * @param place where the power fails and what the disk keeps; null when what is expected shows while the target runs
 * @param expected what should come of it
 * @param passesWithoutDefect whether the same workload, with the power cut wherever the crash model allows, is expected to give
 *     nothing when no defect is planted
 * @param hashes what came of it when the case was made
 */
public record Case(
        String target,
        Setting setting,
        Scenario scenario,
        @Nullable Place place,
        Expected expected,
        boolean passesWithoutDefect,
        Hashes hashes) {

    /**
     * How the target is set up.
     *
     * @param defect name of a planted defect, or null
     * @param crash name of a crash model
     * @param format size and block size 0 and no options for the target's own choice
     * @param mountOptions as for mount(8), empty for none
     * @param fault what goes wrong with the device while the workload runs, or null
     */
    public record Setting(
            @Nullable String defect,
            String crash,
            FormatRequest format,
            String mountOptions,
            @Nullable String fault) {

        /** On a sound device. */
        public Setting(@Nullable String defect, String crash, FormatRequest format, String mountOptions) {
            this(defect, crash, format, mountOptions, null);
        }

        /** The same without the defect. */
        Setting withoutDefect() {
            return new Setting(null, crash, format, mountOptions, fault);
        }
    }

    /**
     * A crash state.
     *
     * @param position how many entries the log had when the power failed, marks included
     * @param kept which of them reached the medium
     * @param recoveryCuts where the power failed again during recovery, the first recovery first; mostly nowhere
     */
    public record Place(int position, Kept kept, List<Finding.RecoveryCut> recoveryCuts) {
        public Place {
            recoveryCuts = List.copyOf(recoveryCuts);
        }

        /** A crash state from which recovery goes on undisturbed. */
        public Place(int position, Kept kept) {
            this(position, kept, List.of());
        }
    }

    /** What should come of a case. */
    public sealed interface Expected {

        /** Nothing is wrong with the crash state. */
        record Pass() implements Expected {}

        /**
         * A finding.
         *
         * @param oracle the oracle's name
         * @param kind what is wrong, a stable word
         * @param fingerprint as in the report of a run: oracle, kind, and the sorts of operation that there are
         * @param course oracle, kind, and what was going on: by this it is found again where there are several of the kind
         * @param sentence the finding in words, for people; not compared
         */
        record Found(String oracle, String kind, String fingerprint, String course, String sentence)
                implements Expected {

            /** One whose course is its fingerprint. */
            public Found(String oracle, String kind, String fingerprint, String sentence) {
                this(oracle, kind, fingerprint, fingerprint, sentence);
            }
        }
    }

    /**
     * Hashes in hexadecimal digits; empty where there was nothing to hash.
     *
     * @param trace of everything that happened while the workload was recorded
     * @param crashImage of what the power cut left
     * @param recoveredImage of what recovery made of it
     */
    public record Hashes(String trace, String crashImage, String recoveredImage) {

        /** Of a case that has not been run. */
        public static final Hashes NONE = new Hashes("", "", "");

        /** Whether another run is known to have gone as this one did. */
        boolean confirm(Hashes other) {
            return !trace.isEmpty() && trace.equals(other.trace);
        }

        /** Whether another run is known to have gone another way than this one; neither is known of a case without a trace. */
        boolean contradict(Hashes other) {
            return !trace.isEmpty() && !trace.equals(other.trace);
        }
    }

    public Case withHashes(Hashes others) {
        return new Case(target, setting, scenario, place, expected, passesWithoutDefect, others);
    }

    public Case expecting(Expected other, boolean passWithoutDefect) {
        return new Case(target, setting, scenario, place, other, passWithoutDefect, hashes);
    }
}
