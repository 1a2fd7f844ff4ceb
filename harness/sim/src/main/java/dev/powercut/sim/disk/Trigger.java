package dev.powercut.sim.disk;

import dev.powercut.sim.OperationId;

/** Why a write or flush went to the device at that moment. */
public sealed interface Trigger {

    /** fsync or fdatasync of a file or directory by an operation. */
    record Fsync(OperationId operation) implements Trigger {}

    /** sync of the whole filesystem by an operation. */
    record Sync(OperationId operation) implements Trigger {}

    /** The cache was full. */
    record Eviction() implements Trigger {}

    /** The kernel wrote back dirty data at a moment of its own choosing. */
    record WriteBack() implements Trigger {}

    /** An ordering rule had to be kept at once, at a site: an edge that would have closed a cycle, or space that ran out. */
    record Ordering(Site site) implements Trigger {}

    record Unmount() implements Trigger {}

    record Mount() implements Trigger {}

    /** fsck, or what a mount does with an unclean image. */
    record Recovery() implements Trigger {}

    /** mkfs. */
    record Format() implements Trigger {}

    /** Read from a log that somebody else recorded. */
    record Recorded() implements Trigger {}
}
