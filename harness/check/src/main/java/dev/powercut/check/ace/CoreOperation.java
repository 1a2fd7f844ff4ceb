package dev.powercut.check.ace;

import dev.powercut.check.workload.Operation;

/** The core operations, each in every way in which its arguments matter. */
public enum CoreOperation {
    CREAT("creat", "a new file"),
    CREAT_OVER("creat over a file", "O_TRUNC: a file with content is emptied"),
    MKDIR("mkdir", "a new directory"),
    MKNOD("mknod", "a new FIFO"),
    SYMLINK("symlink", "a new symbolic link that fits into its inode"),
    LINK("link", "a second name for a file"),
    UNLINK("unlink", "a name of a file, FIFO or symbolic link is removed"),
    RMDIR("rmdir", "an empty directory is removed"),
    RENAME("rename", "to a free name, a directory of the first level with what is in it"),
    RENAME_OVER("rename over", "to a name that stands for something of the same sort"),
    APPEND("append", "1,500 bytes at the end"),
    OVERWRITE("overwrite", "1,000 bytes at 512, where there are data, over a block's end"),
    EXTEND("write beyond the end", "700 bytes at 14,000: a hole before, an indirect block"),
    SHRINK("truncate to less", "to 700 bytes, within a block"),
    GROW("truncate to more", "to 20,000 bytes, a hole"),
    FALLOCATE("fallocate", "4,000 bytes from 2,000 on: space over the end"),
    PUNCH("punch hole", "1,500 bytes from 700 on, where there are data: a whole block, and a part of one"),
    MMAP_WRITE("mmap write", "1,200 bytes at 300, where there are data, stored to a shared mapping");

    /** Bytes of a file that stands there from the beginning: two blocks of 1,024 bytes and a part of one. */
    static final int FILE_BYTES = 2_500;

    private final String words;
    private final String meaning;

    CoreOperation(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    public String words() {
        return words;
    }

    /** With which arguments, in words. */
    public String meaning() {
        return meaning;
    }

    /** The operation on paths; the second is empty where there is one only. */
    Operation on(String first, String second) {
        return switch (this) {
            case CREAT, CREAT_OVER -> new Operation.Creat(first, 0644);
            case MKDIR -> new Operation.Mkdir(first, 0755);
            case MKNOD -> new Operation.Mkfifo(first, 0644);
            case SYMLINK -> new Operation.Symlink("elsewhere", first);
            case LINK -> new Operation.Link(first, second);
            case UNLINK -> new Operation.Unlink(first);
            case RMDIR -> new Operation.Rmdir(first);
            case RENAME, RENAME_OVER -> new Operation.Rename(first, second);
            case APPEND -> new Operation.Append(first, 1_500);
            case OVERWRITE -> new Operation.Write(first, 512, 1_000);
            case EXTEND -> new Operation.Write(first, 14_000, 700);
            case SHRINK -> new Operation.Truncate(first, 700);
            case GROW -> new Operation.Truncate(first, 20_000);
            case FALLOCATE -> new Operation.Allocate(first, 2_000, 4_000);
            case PUNCH -> new Operation.Punch(first, 700, 1_500);
            case MMAP_WRITE -> new Operation.MmapWrite(first, 300, 1_200);
        };
    }
}
