/**
 * The contract of filesystems: cases that each of ours must pass under the simulated kernel ({@link
 * dev.powercut.kernel.contract.FileSystemContract}, to be inherited), and that real filesystems pass through the C library ({@link
 * dev.powercut.kernel.contract.RealFileSystemContract}), which makes them right. Layer kernel, tests; part of its test-jar.
 */
@NullMarked
package dev.powercut.kernel.contract;

import org.jspecify.annotations.NullMarked;
