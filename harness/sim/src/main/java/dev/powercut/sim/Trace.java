package dev.powercut.sim;

/**
 * What happened, as a rolling 64-bit hash and a count. Two runs with the same hash took the same steps; a replay is exact
 * when its hash is equal. Only stable facts enter: names, numbers, contents; never an identity, a line number or real time.
 */
public final class Trace {

    private long hash = 0x5043_5452_4143_4531L; // "PCTRACE1"
    private long steps;

    public Trace() {}

    /** Records one step: what kind it was, and two facts about it. */
    public void step(String kind, long first, long second) {
        step(Mixing.hash(kind), first, second);
    }

    /** The same, of a kind whose {@link Mixing#hash} is known. */
    public void step(long kindHash, long first, long second) {
        long h = hash;
        h = Mixing.mix(h ^ kindHash);
        h = Mixing.mix(h ^ first);
        h = Mixing.mix(h + second);
        hash = h;
        steps++;
    }

    /** Records one step with text that matters, such as a path or an error name. */
    public void step(String kind, String text, long fact) {
        step(kind, Mixing.hash(text), fact);
    }

    public long hash() {
        return hash;
    }

    public long steps() {
        return steps;
    }

    /** The hash as 16 hexadecimal digits, as printed in verdict lines. */
    public String hex() {
        return String.format("%016x", hash);
    }
}
