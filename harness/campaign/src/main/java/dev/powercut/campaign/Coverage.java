package dev.powercut.campaign;

import dev.powercut.check.explore.EpochCoverage;
import dev.powercut.check.explore.Verdict;
import dev.powercut.sim.disk.CrashModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much was examined of all that a crash model allows, of one log or of many.
 *
 * @param model name of the crash model
 * @param keepsOrder whether the model loses a tail of the log only
 * @param logs how many logs
 * @param images how many distinct images there were
 * @param examined how many of them were examined
 * @param epochs how many flush epochs had a choice
 * @param sampledEpochs how many of them have more states than were made
 * @param largestBits the binary logarithm of how many states the largest of these has
 * @param largest what was made of that one, in words; empty when none was sampled
 * @param stopped how many explorations ended early
 * @param recoveriesShared how many recoveries were taken from an image that is the same in all that recovery reads
 * @param imagesShared how many recovered images were taken from one that is the same in all that is read of it
 * @param states how many crash states there were: pairs of a position and a choice of what is kept that is legal there
 * @param told the largest epochs of all, in words: {@code epoch 14: 4,096 of 4,096}
 */
public record Coverage(
        String model,
        boolean keepsOrder,
        long logs,
        long images,
        long examined,
        long epochs,
        long sampledEpochs,
        double largestBits,
        String largest,
        long stopped,
        long recoveriesShared,
        long imagesShared,
        long states,
        List<Told> told) {

    private static final int MOST_TOLD = 3;

    /** Sampled epochs are more worth telling. */
    private static final Comparator<Told> BY_WEIGHT =
            Comparator.comparing(Told::sampled).thenComparingDouble(Told::bits).reversed();

    /**
     * An epoch that is told of.
     *
     * @param bits the binary logarithm of how many states it has
     */
    public record Told(String text, double bits, boolean sampled) {}

    public Coverage {
        told = List.copyOf(told);
    }

    /** Of one log. */
    static Coverage of(CrashModel model, Verdict verdict) {
        long sampled = 0;
        double bits = 0;
        String largest = "";
        List<Told> epochs = new ArrayList<>();
        for (EpochCoverage epoch : verdict.states().coverage()) {
            epochs.add(new Told(epoch.text(), epoch.bits(), !epoch.isComplete()));
            if (!epoch.isComplete()) {
                sampled++;
                if (epoch.bits() > bits) {
                    bits = epoch.bits();
                    largest = epoch.text();
                }
            }
        }
        return new Coverage(
                model.name(),
                model.loss() == CrashModel.Loss.TAIL,
                1,
                verdict.states().imageCount(),
                verdict.imagesExamined(),
                verdict.states().coverage().size(),
                sampled,
                bits,
                largest,
                verdict.stopped() ? 1 : 0,
                verdict.recoveriesShared(),
                verdict.worksShared(),
                verdict.states().stateCount(),
                largest(epochs));
    }

    private Coverage plus(Coverage other) {
        return new Coverage(
                model,
                keepsOrder,
                logs + other.logs,
                images + other.images,
                examined + other.examined,
                epochs + other.epochs,
                sampledEpochs + other.sampledEpochs,
                Math.max(largestBits, other.largestBits),
                other.largestBits > largestBits ? other.largest : largest,
                stopped + other.stopped,
                recoveriesShared + other.recoveriesShared,
                imagesShared + other.imagesShared,
                states + other.states,
                largest(Stream.concat(told.stream(), other.told.stream()).toList()));
    }

    private static List<Told> largest(List<Told> epochs) {
        return epochs.stream().sorted(BY_WEIGHT).limit(MOST_TOLD).toList();
    }

    /** Added up by model. */
    static List<Coverage> sum(List<Coverage> a, List<Coverage> b) {
        Map<String, Coverage> sums = new LinkedHashMap<>();
        a.forEach(each -> sums.merge(each.model(), each, Coverage::plus));
        b.forEach(each -> sums.merge(each.model(), each, Coverage::plus));
        return List.copyOf(sums.values());
    }

    /** In words, for all models. */
    static String words(List<Coverage> models) {
        if (models.size() == 1) {
            return models.getFirst().words();
        }
        List<String> each = new ArrayList<>();
        models.forEach(model -> each.add(model.model() + ": " + model.words()));
        return String.join("; ", each);
    }

    /** Of one model, in words. */
    public String words() {
        String every = keepsOrder ? "every prefix of " + (logs == 1 ? "the log" : "each log") : epochWords();
        if (stopped > 0) {
            return "stopped: " + VerdictLine.grouped(examined) + " of the " + VerdictLine.grouped(images)
                    + " distinct images that " + every
                    + " gives were recovered, and not all of what that left was judged";
        }
        return examined == images
                ? every
                : VerdictLine.grouped(examined) + " of the " + VerdictLine.grouped(images) + " distinct images that "
                        + every + " gives, evenly spread";
    }

    private String epochWords() {
        long complete = epochs - sampledEpochs;
        String whole = "all states of " + VerdictLine.counted(complete, "epoch");
        return sampledEpochs == 0
                ? whole
                : whole + ", " + VerdictLine.grouped(sampledEpochs) + " more sampled ("
                        + (logs == 1 ? "" : "the largest: ") + largest + ")";
    }

    /** The largest epochs, in words; empty where the model keeps the order, and all are complete by nature. */
    public String epochsTold() {
        String texts = String.join("; ", told.stream().map(Told::text).toList());
        long more = epochs - told.size();
        return more > 0 ? texts + "; " + VerdictLine.grouped(more) + " smaller" : texts;
    }

    /** How much of the work was shared, in words; empty when none was. */
    static String sharing(List<Coverage> models) {
        long recoveries = models.stream().mapToLong(Coverage::recoveriesShared).sum();
        long images = models.stream().mapToLong(Coverage::imagesShared).sum();
        return recoveries + images == 0
                ? ""
                : VerdictLine.counted(recoveries, "recovery", "recoveries") + " and "
                        + VerdictLine.counted(images, "mount") + " shared by states alike in all that these read";
    }
}
