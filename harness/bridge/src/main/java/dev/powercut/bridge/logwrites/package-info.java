/**
 * Logs in the format of Linux's dm-log-writes: what a real kernel wrote to a device, in order. Layer bridge.
 *
 * <p>{@link dev.powercut.bridge.logwrites.LogWritesReader} streams a log entry by entry, or makes a
 * {@link dev.powercut.sim.disk.WriteLog} of it; {@link dev.powercut.bridge.logwrites.LogWritesWriter} stores any write log in
 * the same format. The format itself is in {@code LogWritesFormat}.
 *
 * <p>Invariants. Whatever the input, reading ends with the log's entries or with a
 * {@link dev.powercut.bridge.logwrites.LogFormatException} that names the byte; memory is bounded by the size of the entry at
 * hand (by the size of the log for a write log), never by a number that the log claims. Base image plus all entries is the
 * final image.
 *
 * <p>Not modelled here: causes of writes (the format has only the METADATA flag), and times.
 */
@NullMarked
package dev.powercut.bridge.logwrites;

import org.jspecify.annotations.NullMarked;
