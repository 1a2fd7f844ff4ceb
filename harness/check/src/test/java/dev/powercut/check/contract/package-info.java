/**
 * Contracts to inherit: what every filesystem under test has to keep, as test classes for a target's own tests. They come in the
 * test jar of this module.
 */
@NullMarked
package dev.powercut.check.contract;

import org.jspecify.annotations.NullMarked;
