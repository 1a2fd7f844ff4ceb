/**
 * One simulated machine's operating system. Layer kernel, above sim. {@link dev.powercut.kernel.Kernel} is what runs on a
 * machine: mounts and caches; {@link dev.powercut.kernel.Process} is what a program sees of it: system calls.
 *
 * <p>Not modelled here: virtual memory and signals.
 */
@NullMarked
package dev.powercut.kernel;

import org.jspecify.annotations.NullMarked;
