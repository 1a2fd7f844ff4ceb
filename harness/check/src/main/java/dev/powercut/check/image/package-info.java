/**
 * Layer check: what code that reads and mends disk images has in common, whatever the filesystem: sets of blocks, why an image cannot be
 * worked on, what a check found and how it is told. Knows no on-disk format.
 */
@NullMarked
package dev.powercut.check.image;

import org.jspecify.annotations.NullMarked;
