/**
 * Layer bridge: to the real world; above campaign. Image files are in {@code image}, logs of real kernels in {@code logwrites},
 * and judging such logs in {@code replay}.
 *
 * <p>Code here may touch files, processes and real time: nothing of it runs inside a simulated world.
 */
@NullMarked
package dev.powercut.bridge;

import org.jspecify.annotations.NullMarked;
