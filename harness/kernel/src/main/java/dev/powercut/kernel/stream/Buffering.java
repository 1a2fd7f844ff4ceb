package dev.powercut.kernel.stream;

/** When a stream writes, as setvbuf(3): _IOFBF, _IOLBF, _IONBF. */
public enum Buffering {
    /** When its buffer is full. */
    FULL,
    /** At the end of a line, too. */
    LINE,
    /** At once. */
    NONE
}
