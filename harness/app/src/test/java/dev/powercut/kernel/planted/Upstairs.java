package dev.powercut.kernel.planted;

/** Stands in a layer above, for what must not see it. */
public final class Upstairs {
    /** Does nothing. */
    public void call() {}
}
