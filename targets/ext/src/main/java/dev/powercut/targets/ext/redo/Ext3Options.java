package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.MountException;

/**
 * Mount options of ext3. As with mount(8), of several of a kind the last one counts, so that what a user gives overrides what a table of
 * mounts has: {@code data=writeback,data=journal} is data=journal, {@code fua,nofua} is nofua, {@code barrier=0,barrier} has
 * barriers. {@code commit=0} is the usual age, as Linux has it. What then does not go together is refused: only
 * journal_async_commit with data=ordered.
 *
 * @param data what becomes of data
 * @param barriers whether flushes stand between writes whose order matters. Without, the device is trusted to write in the order in
 *     which it is told; flushes then come only where durability was promised
 * @param fua whether a commit record and the log's start are written with FUA; else they are written and flushed
 * @param checksum whether commit records hold a checksum of what they commit, where the journal has none of its own
 * @param asyncCommit whether a commit record goes out with what it commits, without a flush in between: the checksum tells whether
 *     all of it arrived
 * @param commitSeconds how old a transaction may grow
 * @param abortsOnLostData whether data of a file that could not be written abort the log, as other lost writes do; else only who syncs the
 *     file is told, and the file may have grown over what was there before
 */
public record Ext3Options(
        DataMode data,
        boolean barriers,
        boolean fua,
        boolean checksum,
        boolean asyncCommit,
        int commitSeconds,
        boolean abortsOnLostData) {

    /** How old a transaction grows by default, in seconds (JBD2_DEFAULT_MAX_COMMIT_AGE). */
    private static final int COMMIT_SECONDS = 5;

    private static final String COMMIT = "commit=";

    private static final String KNOWN =
            "data=journal|ordered|writeback, barrier, nobarrier, fua, nofua, journal_checksum,"
                    + " journal_async_commit, commit=SECONDS and data_err=ignore|abort";

    /**
     * Reads options as for mount(8); of several of a kind, the last one counts.
     *
     * @throws MountException EINVAL when one is wrong, or when they do not go together
     */
    public static Ext3Options parse(String options) {
        Ext3Options parsed = new Ext3Options(DataMode.ORDERED, true, true, false, false, COMMIT_SECONDS, false);
        for (String option : options.split(",", -1)) {
            parsed = parsed.with(option);
        }
        if (parsed.asyncCommit && parsed.data == DataMode.ORDERED) {
            throw new MountException(
                    Errno.EINVAL,
                    "journal_async_commit does not go with data=ordered: no flush would stand between data and the commit"
                            + " record, and the checksum is not over data; take data=journal or data=writeback");
        }
        return parsed;
    }

    private Ext3Options with(String option) {
        return switch (option) {
            case "" -> this;
            case "data=journal" -> with(DataMode.JOURNAL);
            case "data=ordered" -> with(DataMode.ORDERED);
            case "data=writeback" -> with(DataMode.WRITEBACK);
            case "barrier", "barrier=1" ->
                new Ext3Options(data, true, fua, checksum, asyncCommit, commitSeconds, abortsOnLostData);
            case "nobarrier", "barrier=0" ->
                new Ext3Options(data, false, fua, checksum, asyncCommit, commitSeconds, abortsOnLostData);
            case "fua" -> new Ext3Options(data, barriers, true, checksum, asyncCommit, commitSeconds, abortsOnLostData);
            case "nofua" ->
                new Ext3Options(data, barriers, false, checksum, asyncCommit, commitSeconds, abortsOnLostData);
            case "journal_checksum" ->
                new Ext3Options(data, barriers, fua, true, asyncCommit, commitSeconds, abortsOnLostData);
            case "journal_async_commit" ->
                new Ext3Options(data, barriers, fua, true, true, commitSeconds, abortsOnLostData);
            case "data_err=ignore" -> new Ext3Options(data, barriers, fua, checksum, asyncCommit, commitSeconds, false);
            case "data_err=abort" -> new Ext3Options(data, barriers, fua, checksum, asyncCommit, commitSeconds, true);
            default -> {
                if (option.startsWith(COMMIT)) {
                    int seconds = seconds(option);
                    yield new Ext3Options(data, barriers, fua, checksum, asyncCommit, seconds, abortsOnLostData);
                }
                throw new MountException(Errno.EINVAL, "ext3 has no mount option '" + option + "'; it has " + KNOWN);
            }
        };
    }

    private static int seconds(String option) {
        if (!option.matches(COMMIT + "[0-9]{1,6}")) {
            throw new MountException(
                    Errno.EINVAL,
                    "'" + option + "': commit takes a whole number of seconds up to 999999, and 0 is the usual "
                            + COMMIT_SECONDS);
        }
        int seconds = Integer.parseInt(option.substring(COMMIT.length()));
        return seconds == 0 ? COMMIT_SECONDS : seconds;
    }

    private Ext3Options with(DataMode mode) {
        return new Ext3Options(mode, barriers, fua, checksum, asyncCommit, commitSeconds, abortsOnLostData);
    }
}
