/** Layer targets: the ext2 and ext3 filesystems, targets of the harness, above check. */
@NullMarked
package dev.powercut.targets.ext;

import org.jspecify.annotations.NullMarked;
