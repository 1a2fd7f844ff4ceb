/**
 * Small JSON files that people write: read with the line of everything, so that a mistake is told by file, line and reason.
 *
 * <p>Invariants: whatever the bytes of a file are, reading it gives a value or a {@link dev.powercut.campaign.UsageException}; a
 * key is never overlooked, since a section complains of those that nobody asked for.
 *
 * <p>Not here: writing, and what the files mean.
 */
@NullMarked
package dev.powercut.campaign.config;

import org.jspecify.annotations.NullMarked;
