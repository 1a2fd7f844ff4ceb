/** Layer bench: JMH benchmarks, not published. */
@NullMarked
package dev.powercut.bench;

import org.jspecify.annotations.NullMarked;
