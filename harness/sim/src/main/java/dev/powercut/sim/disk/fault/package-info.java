/**
 * Devices that go wrong while the power is on, each a decorator over a {@link dev.powercut.sim.disk.BlockDevice} that does one thing.
 * When and where is drawn from {@link dev.powercut.sim.Choices}, of which the dull one is: never. Layer sim.
 *
 * <p>Invariants. A decorator harms only what it is for; what it does not harm goes through unchanged. A device that fails a request
 * has not done it. Harm to the medium stays until the sector is written again, as on a disk that then uses a spare one.
 *
 * <p>Not modelled here: devices that slow down or vanish, and what a filesystem makes of an error.
 */
@NullMarked
package dev.powercut.sim.disk.fault;

import org.jspecify.annotations.NullMarked;
