/** Layer sim: integers in byte arrays, as disks and wires have them. */
@NullMarked
package dev.powercut.sim.bytes;

import org.jspecify.annotations.NullMarked;
