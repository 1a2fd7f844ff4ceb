package dev.powercut.sim.disk;

/** What a written block is to its filesystem: a stable name such as {@code inode-table} or {@code data}. */
public record BlockKind(String name) {}
