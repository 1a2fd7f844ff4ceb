/** Layer kernel: the operating system of one simulated machine, above sim. */
@NullMarked
package dev.powercut.kernel;

import org.jspecify.annotations.NullMarked;
