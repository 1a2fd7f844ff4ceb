/** Layer sim: the simulated world, which depends on nothing of ours. Choices, clock, disks, write log, crash models, trace. */
@NullMarked
package dev.powercut.sim;

import org.jspecify.annotations.NullMarked;
