/**
 * Defects planted in ext2, to see that each is found. Each is a small change of {@link
 * dev.powercut.targets.ext.fs.CarefulOrdering} at named sites; the filesystem itself knows nothing of them.
 *
 * <p>Invariant: with the power on, a filesystem with a defect behaves like the correct one; only a crash tells them apart.
 */
@NullMarked
package dev.powercut.targets.ext.planted;

import org.jspecify.annotations.NullMarked;
