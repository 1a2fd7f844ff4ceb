/** Layer app: the powercut command, and the one place that puts everything together. Targets and reports are found by ServiceLoader. */
@NullMarked
package dev.powercut.app;

import org.jspecify.annotations.NullMarked;
