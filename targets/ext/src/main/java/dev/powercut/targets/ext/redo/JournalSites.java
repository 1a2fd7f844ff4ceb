package dev.powercut.targets.ext.redo;

import dev.powercut.sim.disk.Site;
import java.util.List;

/** The places at which the redo log writes, orders and flushes, each with why. The names are stable. */
public final class JournalSites {

    private JournalSites() {}

    // ---- Orders and flushes ----

    public static final Site DATA_BEFORE_RECORD = site(
            "commit.data-before-record",
            "a transaction that points to new data is not committed before they are written");
    public static final Site BLOCKS_BEFORE_RECORD =
            site("commit.blocks-before-record", "a commit record never stands behind blocks that are not all there");
    public static final Site RECORD_DURABLE = site(
            "commit.record-durable",
            "nothing goes home, and nothing that was freed is used again, while a crash could undo the transaction");
    public static final Site HOME_BEFORE_TAIL =
            site("checkpoint.home-before-tail", "the log lets go of a block only when it is home to stay");
    public static final Site TAIL_DURABLE =
            site("checkpoint.tail-durable", "the log is not overwritten where a recovery would still begin to read");
    public static final Site STARTED =
            site("start.log-marked", "recovery knows where the log begins before there is a transaction in it");
    public static final Site EMPTY =
            site("stop.log-empty", "an image that does not say that it needs recovery has nothing left in its log");
    public static final Site COMMIT_BEFORE_REUSE =
            site("free.commit-before-reuse", "what a crash brings back has its blocks as they were");

    // ---- Writes ----

    public static final Site DESCRIPTOR = site("log.descriptor", "tells where the blocks that follow belong");
    public static final Site REVOKE = site("log.revoke", "tells which blocks are not to be replayed any more");
    public static final Site RECORD = site("log.record", "makes a transaction count");
    public static final Site ABORTED =
            site("log.aborted", "the next mount is told that writes were lost, and that the volume is to be checked");
    public static final Site FILE_DATA = site("log.data", "puts data of a file into a transaction");

    /** Those that keep an order. */
    public static List<Site> orders() {
        return List.of(DATA_BEFORE_RECORD, COMMIT_BEFORE_REUSE);
    }

    /** Those that flush, or write with FUA. */
    public static List<Site> flushes() {
        return List.of(BLOCKS_BEFORE_RECORD, RECORD_DURABLE, HOME_BEFORE_TAIL, TAIL_DURABLE, STARTED, EMPTY);
    }

    private static Site site(String name, String why) {
        return new Site("ext3." + name, why);
    }
}
