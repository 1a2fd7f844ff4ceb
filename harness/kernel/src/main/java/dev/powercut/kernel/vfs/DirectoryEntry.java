package dev.powercut.kernel.vfs;

/**
 * One entry as getdents(2) gives it.
 *
 * @param type file type bits (S_IFMT), or 0 when the directory does not say
 */
public record DirectoryEntry(String name, long inodeNumber, int type) {}
