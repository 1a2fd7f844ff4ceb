/**
 * What a target is: something that Powercut can drive, cut and judge. A target implements {@link
 * dev.powercut.check.target.Target} (a filesystem: {@link dev.powercut.check.target.FileSystemTarget}) and is found through
 * {@code java.util.ServiceLoader}; no file of the harness is edited for it.
 */
@NullMarked
package dev.powercut.check.target;

import org.jspecify.annotations.NullMarked;
