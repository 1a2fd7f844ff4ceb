/**
 * One simulated computer and its devices. Above {@code dev.powercut.sim} and {@code dev.powercut.sim.disk}; the operating
 * system is built on top, in the kernel.
 *
 * <p>Not modelled here: memory, interrupts, and buses between devices.
 */
@NullMarked
package dev.powercut.sim.machine;

import org.jspecify.annotations.NullMarked;
