/**
 * Many tasks, one at a time: which of them runs next is a decision of a {@link dev.powercut.sim.schedule.Strategy}, so that a
 * schedule is one more thing that is explored, replayed and made small.
 *
 * <p>A task gives up the processor only where it waits, ends, or announces what it is about to do ({@link
 * dev.powercut.sim.Runner#point}). What it does from one such point to the next is a <i>step</i>; steps are atomic. The steps of a
 * run, in order, are its schedule; it enters the trace of the world.
 *
 * <pre>
 *   Scheduler     the ready tasks, the timers, the steps; ends in an Outcome
 *   Strategy      which of the candidates runs next: first-come, round-robin, random walk, PCT, POS, replay
 *   DepthFirst    all schedules of a small program, or all with few preemptions
 *   Carrier       what a task's body runs on: raw continuations, or virtual threads that pass a baton
 *   Schedule      the steps of a run, for replay and for people
 * </pre>
 *
 * <p>Invariants. The same body, strategy and choices give the same steps on either carrier. Raw continuations carry only code that
 * waits through this package: a {@code java.util.concurrent} lock can be held twice there, a {@code ThreadLocal} leaks, and a
 * contended {@code synchronized} hangs.
 *
 * <p>Not modelled: parallelism and weak memory (one task runs at a time, so memory is sequentially consistent), and preemption
 * between two points.
 */
@NullMarked
package dev.powercut.sim.schedule;

import org.jspecify.annotations.NullMarked;
