/** Layer targets: the ext2 filesystem, a target of the harness, above check. */
@NullMarked
package dev.powercut.targets.ext;

import org.jspecify.annotations.NullMarked;
