package dev.powercut.kernel.vfs;

/** Receives directory entries. */
@FunctionalInterface
public interface DirectorySink {

    /**
     * @param name the entry's name
     * @param inodeNumber its inode
     * @param type file type bits (S_IFMT) of the inode, or 0 when the entry does not say
     * @param nextCursor the cursor that continues right after this entry
     * @return true to go on, false to stop
     */
    boolean entry(String name, long inodeNumber, int type, long nextCursor);
}
