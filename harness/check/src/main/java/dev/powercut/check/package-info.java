/** Layer check: what it means to be right. Targets, workloads, oracles, exploration; above kernel. */
@NullMarked
package dev.powercut.check;

import org.jspecify.annotations.NullMarked;
