/** Textbook programs, each under all strategies: what they show, as assertions. */
@NullMarked
package dev.powercut.kernel.textbook;

import org.jspecify.annotations.NullMarked;
