/**
 * The disk format of the log-structured filesystem, and nothing else: layer 0 of this module, which uses only the simulated disk's
 * sector size.
 *
 * <p>{@link dev.powercut.targets.logfs.format.Format} is the whole specification: a reader can be written from it alone. The other
 * classes turn records into bytes and back; they check what can be checked of a record by itself (magic, checksum, ranges), never
 * how records fit together, which is the business of recovery and fsck.
 *
 * <p>Invariants. No decoder throws anything but {@link dev.powercut.check.image.ImageFormatException}, allocates by a number
 * that it has not checked, or loops longer than its record.
 */
@NullMarked
package dev.powercut.targets.logfs.format;

import org.jspecify.annotations.NullMarked;
