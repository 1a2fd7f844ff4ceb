package dev.powercut.sim.disk;

/**
 * A named place in a target's code that dirties, orders or flushes, such as {@code ext2.create.inode-before-entry}. The name
 * is stable over releases; it enters hashes and fingerprints.
 *
 * @param name stable name, dotted, lower case
 * @param why one sentence for people: what the site does, or which rule it keeps
 */
public record Site(String name, String why) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Site that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
