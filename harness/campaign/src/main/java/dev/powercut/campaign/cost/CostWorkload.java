package dev.powercut.campaign.cost;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.OpenFlags;

/** What is written while the cost is measured. The bytes are what the user wrote, without any metadata. */
public enum CostWorkload {
    CREATE_SMALL(
            "create 1,000 files",
            "1,000 files of 1 KiB are made, 10 in each of 100 folders, with a sync after each folder") {
        @Override
        void prepare(Process process) {}

        @Override
        long run(Process process) {
            return small(process, true, OpenFlags.O_WRONLY | OpenFlags.O_CREAT);
        }
    },
    OVERWRITE_SMALL(
            "overwrite 1,000 files", "each of the 1,000 files is written again, with a sync after each folder") {
        @Override
        void prepare(Process process) {
            small(process, true, OpenFlags.O_WRONLY | OpenFlags.O_CREAT);
        }

        @Override
        long run(Process process) {
            return small(process, false, OpenFlags.O_WRONLY);
        }
    },
    OVERWRITE_RANDOM(
            "random writes",
            "4,096 pages of 4 KiB, here and there in a file of 16 MiB, are overwritten, with an fsync after each 64") {
        @Override
        void prepare(Process process) {
            large(process, false, PAGES, OpenFlags.O_CREAT);
        }

        @Override
        long run(Process process) {
            return large(process, true, SYNC_EACH, 0);
        }
    },
    WRITE_LARGE("write 16 MiB", "a file of 16 MiB is written from its beginning to its end, with an fsync there") {
        @Override
        void prepare(Process process) {}

        @Override
        long run(Process process) {
            return large(process, false, PAGES, OpenFlags.O_CREAT);
        }
    };

    static final int FOLDERS = 100;
    static final int FILES_IN_EACH = 10;
    static final int FILE_BYTES = 1024;
    static final int PAGE_BYTES = 4096;
    static final int PAGES = 4096;
    static final int SYNC_EACH = 64;

    /** Coprime to the number of pages: each page is met once, far from the one before. */
    private static final int STRIDE = 1597;

    private final String words;
    private final String text;

    CostWorkload(String words, String text) {
        this.words = words;
        this.text = text;
    }

    /** What it does, in few words. */
    public String words() {
        return words;
    }

    /** What it does, in a sentence without its dot. */
    public String text() {
        return text;
    }

    abstract void prepare(Process process);

    /** @return bytes written */
    abstract long run(Process process);

    private static long small(Process process, boolean makesFolders, int flags) {
        byte[] bytes = new byte[FILE_BYTES];
        for (int folder = 0; folder < FOLDERS; folder++) {
            if (makesFolders) {
                process.mkdir("/" + folder, 0755);
            }
            for (int file = 0; file < FILES_IN_EACH; file++) {
                bytes[0]++;
                int fd = process.open("/" + folder + "/" + file, flags, 0644);
                process.write(fd, bytes, 0, bytes.length);
                process.close(fd);
            }
            process.sync();
        }
        return (long) FOLDERS * FILES_IN_EACH * FILE_BYTES;
    }

    private static long large(Process process, boolean scattered, int syncEach, int flags) {
        byte[] page = new byte[PAGE_BYTES];
        int fd = process.open("/large", OpenFlags.O_WRONLY | flags, 0644);
        for (int i = 0; i < PAGES; i++) {
            page[0]++;
            int at = scattered ? i * STRIDE % PAGES : i;
            process.pwrite(fd, page, 0, page.length, (long) at * PAGE_BYTES);
            if ((i + 1) % syncEach == 0) {
                process.fsync(fd);
            }
        }
        process.close(fd);
        return (long) PAGES * PAGE_BYTES;
    }
}
