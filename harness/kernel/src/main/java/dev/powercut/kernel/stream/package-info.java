/**
 * Streams of the C library's stdio, in the memory of processes. Layer kernel, above {@link dev.powercut.kernel.process}.
 *
 * <pre>
 *   Stdio        opens streams: fopen, fdopen, and the three that are there from the start
 *   FileStream   a stream: the address of its FILE, and what can be done with it
 *   FileRecord   the FILE itself, laid out in memory
 * </pre>
 *
 * <p>Invariants. All that a stream knows, its buffer included, is in the process's memory: fork copies it, with what is in it and has
 * not been written; exec, a power cut and a write that fails lose it; exit writes it, and gives back what was read ahead. Streams do not
 * know what is done to their descriptors behind their backs.
 *
 * <p>Failures: where C returns EOF and sets errno, these throw {@link dev.powercut.kernel.vfs.ErrnoException} and set the error mark
 * that ferror shows.
 *
 * <p>Not modelled here: wide characters, locales, popen, freopen, scanf.
 */
@NullMarked
package dev.powercut.kernel.stream;

import org.jspecify.annotations.NullMarked;
