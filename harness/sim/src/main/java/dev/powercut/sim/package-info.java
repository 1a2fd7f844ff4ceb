/**
 * The simulated world: choices, virtual time, tasks, trace. Layer 0: depends on nothing else of Powercut.
 *
 * <p>Invariants. A run is a pure function of (code, configuration, {@link dev.powercut.sim.Choices}). There is no other
 * source of uncertainty: no real clock, no {@code Random}, no identity hash, no hash order. Nothing is static and mutable:
 * all state hangs off a {@link dev.powercut.sim.World} and its {@link dev.powercut.sim.Machine machines}. One task runs at a
 * time; every wait goes through {@link dev.powercut.sim.Lock}, {@link dev.powercut.sim.Condition} or
 * {@link dev.powercut.sim.Completion}, so that a runner with many tasks can take the place of the runner with one.
 *
 * <p>Not modelled here: memory models (one task runs at a time, so all memory is sequentially consistent) and real time.
 */
@NullMarked
package dev.powercut.sim;

import org.jspecify.annotations.NullMarked;
