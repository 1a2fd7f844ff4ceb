package dev.powercut.check.model;

/** One elementary change of the model, or one promise. Files are named by their model id. */
public sealed interface Effect {

    /** A directory's name now stands for a file, or for nothing when {@code file} is {@link #ABSENT}. */
    record EntrySet(int directory, String name, int file) implements Effect {}

    int ABSENT = -1;
}
