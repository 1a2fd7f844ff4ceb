/**
 * What it means to be right. Layer check, above kernel. Rooms:
 *
 * <ul>
 *   <li>{@code target}: the interfaces that something under test implements, and what it declares ({@code Guarantees});
 *   <li>{@code workload}: operations, workloads that generate them, and the executor that runs them and records history;
 *   <li>{@code model}: the reference model of contents, immutable versions;
 *   <li>{@code promises}: which versions are legal after a cut;
 *   <li>{@code tree}: what a recovered filesystem holds, read through the kernel;
 *   <li>{@code oracle}: one class for each way of being wrong;
 *   <li>{@code explore}: crash states of a log, recovered and judged.
 * </ul>
 */
@NullMarked
package dev.powercut.check;

import org.jspecify.annotations.NullMarked;
