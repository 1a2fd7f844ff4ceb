package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.BlockDevice;
import java.util.ArrayList;
import java.util.List;

/**
 * A fault by its name, and how often it strikes.
 *
 * @param oneIn once in so many requests on the average, at least 2
 */
public record Fault(Kind kind, int oneIn) {

    /** How often a fault strikes when nothing is said. */
    public static final int USUAL_ONE_IN = 50;

    /** The sorts of fault. */
    public enum Kind {
        READ_ERROR("read-error"),
        WRITE_ERROR("write-error"),
        BIT_ROT("bit-rot"),
        MISDIRECTED("misdirected"),
        LATENT("latent"),
        DROPPED("dropped");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Its name. */
        public String word() {
            return word;
        }
    }

    public Fault {
        if (oneIn < 2) {
            throw new IllegalArgumentException("a fault that strikes once in " + oneIn + " times; 2 is the least");
        }
    }

    /** The names of all. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            names.add(kind.word);
        }
        return names;
    }

    /**
     * Reads a fault such as {@code read-error} or {@code read-error:20}, which strikes once in 20 requests.
     *
     * @throws IllegalArgumentException when there is none of this name, or its rate is no number of at least 2
     */
    public static Fault parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(name)) {
                return new Fault(kind, colon < 0 ? USUAL_ONE_IN : rate(text.substring(colon + 1)));
            }
        }
        throw new IllegalArgumentException("there is no fault '" + name + "'");
    }

    private static int rate(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + digits + "' is no rate, such as 50 for once in 50 requests", e);
        }
    }

    /** The text that {@link #parse} reads. */
    public String text() {
        return oneIn == USUAL_ONE_IN ? kind.word : kind.word + ":" + oneIn;
    }

    /** A device that has this fault. */
    public BlockDevice over(BlockDevice device, Choices choices) {
        Odds odds = new Odds(choices, oneIn);
        return switch (kind) {
            case READ_ERROR -> new ReadErrors(device, odds);
            case WRITE_ERROR -> new WriteErrors(device, odds);
            case BIT_ROT -> new BitRot(device, odds);
            case MISDIRECTED -> new MisdirectedWrites(device, odds);
            case LATENT -> new LatentSectors(device, odds);
            case DROPPED -> new DroppedWrites(device, odds);
        };
    }
}
