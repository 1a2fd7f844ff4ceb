/**
 * An independent judge: a second reader of logfs images, written from the prose and the constants of {@link
 * dev.powercut.targets.logfs.format.Format} only. It shares no code with the filesystem, its recovery or its fsck, and need not be fast.
 */
@org.jspecify.annotations.NullMarked
package dev.powercut.targets.logfs.reader;
