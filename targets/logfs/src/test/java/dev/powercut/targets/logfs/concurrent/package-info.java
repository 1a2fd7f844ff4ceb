/** logfs with several processes at once, and its cleaner in the background. */
@org.jspecify.annotations.NullMarked
package dev.powercut.targets.logfs.concurrent;
