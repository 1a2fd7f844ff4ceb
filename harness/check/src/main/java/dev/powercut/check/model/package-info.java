/**
 * The reference model: what a POSIX filesystem holds after each operation, as immutable versions that share structure. Layer
 * check.
 *
 * <p>Invariants. Applying an operation gives a new version and leaves the old one as it was. Contents are kept in chunks of
 * 512 bytes, a disk's sector, so that what a crash may tear apart is apart here too. Errors are those of Linux. Where a
 * filesystem may fail for reasons of its own (ENOSPC, EFBIG, EMLINK, a short write), the model follows what it did.
 *
 * <p>Not modelled here: access times, change times, sizes and link counts that directories have on disk, block counts,
 * extended attributes.
 */
@NullMarked
package dev.powercut.check.model;

import org.jspecify.annotations.NullMarked;
