/**
 * Bounded exhaustive enumeration of workloads, driven: which part of it, by how many workers, and from where on. Layer campaign.
 *
 * <p>Invariants. What comes of a part does not depend on how many workers there are, nor on how fast they are. A part that was
 * stopped reports an unbroken run of workloads from its first one on, and names the one to go on with.
 */
@NullMarked
package dev.powercut.campaign.ace;

import org.jspecify.annotations.NullMarked;
