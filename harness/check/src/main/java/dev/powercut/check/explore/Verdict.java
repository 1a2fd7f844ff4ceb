package dev.powercut.check.explore;

import dev.powercut.sim.disk.DiskImage;
import java.util.List;

/**
 * What came of exploring a recording.
 *
 * @param states all crash states of the log
 * @param imagesExamined how many of its distinct images were examined
 * @param recoveredImages the distinct images that recovery left
 * @param comparisons how many pairs of (recovered tree, promises) were judged
 * @param tallies what each oracle did
 * @param findings one for each fingerprint, the smallest position first
 * @param recoveriesShared how many recoveries were not done since an earlier one read the same; those of recovered images and those that
 *     are cut by another failure of the power included
 * @param worksShared how many recovered images were not mounted and worked on since an earlier one read the same
 * @param stopped whether it ended early: the monitor said so, or the target hung again and again
 * @param traceHash hash of every image that was made, in order
 */
public record Verdict(
        CrashStates states,
        int imagesExamined,
        List<RecoveredImage> recoveredImages,
        long comparisons,
        List<OracleTally> tallies,
        List<Finding> findings,
        long recoveriesShared,
        long worksShared,
        boolean stopped,
        long traceHash) {

    public Verdict {
        recoveredImages = List.copyOf(recoveredImages);
        tallies = List.copyOf(tallies);
        findings = List.copyOf(findings);
    }

    /** The same with other findings. */
    public Verdict withFindings(List<Finding> explained) {
        return new Verdict(
                states,
                imagesExamined,
                recoveredImages,
                comparisons,
                tallies,
                explained,
                recoveriesShared,
                worksShared,
                stopped,
                traceHash);
    }

    /**
     * A distinct image that recovery left.
     *
     * @param crashImage number of the first crash image that led to it
     */
    public record RecoveredImage(DiskImage image, int crashImage) {}
}
