/**
 * One simulated machine's operating system. Layer kernel, above sim. {@link dev.powercut.kernel.Kernel} is what runs on a
 * machine: mounts and caches; {@link dev.powercut.kernel.Process} is what a program sees of it: system calls on files. Processes
 * with bodies, memory and signals are in {@link dev.powercut.kernel.process}, which a kernel with one task does without.
 *
 * <p>Not modelled here: several kernels that share memory.
 */
@NullMarked
package dev.powercut.kernel;

import org.jspecify.annotations.NullMarked;
