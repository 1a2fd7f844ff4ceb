package dev.powercut.kernel.vfs;

/**
 * What a filesystem can hold at most, for pathconf(3).
 *
 * @param maxLinks names of one file, LINK_MAX
 * @param maxFileSizeBytes the largest size of a file
 * @param maxSymlinkBytes the longest target of a symbolic link, SYMLINK_MAX
 * @param timeStepNanos in which steps times are kept
 */
public record FileSystemLimits(long maxLinks, long maxFileSizeBytes, int maxSymlinkBytes, long timeStepNanos) {}
