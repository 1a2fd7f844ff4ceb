package dev.powercut.check.tree;

import java.util.List;

/** Something that has a name in a recovered filesystem. A node that has several names is one object. */
public sealed interface Node {

    Attributes attributes();

    /** Entries sorted by name, without {@code .} and {@code ..}; the root's {@code lost+found} is among them. */
    record Directory(Attributes attributes, List<Entry> entries) implements Node {}

    record RegularFile(Attributes attributes, FileContents contents) implements Node {}

    record Symlink(Attributes attributes, String linkTarget) implements Node {}

    /** FIFO, socket or device node. */
    record Special(Attributes attributes, int device) implements Node {}

    /** A name in a directory. */
    record Entry(String name, Node node) {}

    /** What stat tells. {@code mode} with type bits; times in nanoseconds since 1970. */
    record Attributes(
            long inodeNumber,
            int mode,
            int linkCount,
            int uid,
            int gid,
            long sizeBytes,
            long blocks512,
            long modifiedNanos) {}
}
