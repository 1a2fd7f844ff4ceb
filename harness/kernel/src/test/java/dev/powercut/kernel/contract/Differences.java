package dev.powercut.kernel.contract;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where real filesystems may do other than ours, by the name of the case, and why that is right: the one list of all differences.
 * Limits that each filesystem sets for itself (most links, largest file, step of times) are no differences: cases ask for them.
 */
public final class Differences {

    private static final String EXCHANGE =
            "Linux's ext4, also where it serves ext2, and XFS, Btrfs and tmpfs exchange two names; "
                    + "ours declares that rename is all it does at once, and POSIX knows no exchange";

    private static final String NO_ALLOCATION = "Linux gives space that is not written only to files with extents; "
            + "ours writes zeroes, as POSIX's posix_fallocate may";

    private Differences() {}

    /** Of whatever filesystem a temporary folder is on. */
    public static Map<String, String> ofOtherFileSystems() {
        Map<String, String> differences = new TreeMap<>();
        differences.put("renameat2(RENAME_EXCHANGE): gives EINVAL where names cannot be exchanged at once", EXCHANGE);
        return differences;
    }

    /** Of Linux's ext2, be it the driver of that name or that of ext4. */
    public static Map<String, String> ofLinuxExt2() {
        Map<String, String> differences = ofOtherFileSystems();
        for (String claim : new String[] {
            "fallocate: lets the file grow with zeroes that have space",
            "fallocate: keeps data and a longer size",
            "fallocate: gives space to holes",
            "fallocate: beyond the end leaves a hole before the range",
            "fallocate: changes mtime and ctime",
            "fallocate(ZERO_RANGE): makes a range read as zeroes and keeps the rest",
            "fallocate(ZERO_RANGE): lets the file grow",
        }) {
            differences.put(claim, NO_ALLOCATION);
        }
        return differences;
    }
}
