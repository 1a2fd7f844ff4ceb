/** What a recovered filesystem holds, read through the kernel's system calls, as an immutable value that oracles judge. */
@NullMarked
package dev.powercut.check.tree;

import org.jspecify.annotations.NullMarked;
