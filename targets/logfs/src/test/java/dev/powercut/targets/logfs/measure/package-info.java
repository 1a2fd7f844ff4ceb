/** What the measurements must show, whatever the numbers are. */
@org.jspecify.annotations.NullMarked
package dev.powercut.targets.logfs.measure;
