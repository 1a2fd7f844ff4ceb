/** Layer bridge: to the real world. Image files and dm-log-writes logs; above campaign. */
@NullMarked
package dev.powercut.bridge;

import org.jspecify.annotations.NullMarked;
