/**
 * logfs with defects: one rule of {@link dev.powercut.targets.logfs.fs.Discipline} broken at a time, or one flush left out. Nothing here is
 * part of the filesystem.
 */
@NullMarked
package dev.powercut.targets.logfs.planted;

import org.jspecify.annotations.NullMarked;
