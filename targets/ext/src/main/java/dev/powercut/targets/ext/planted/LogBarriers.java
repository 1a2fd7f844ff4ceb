package dev.powercut.targets.ext.planted;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.Barrier.Kind;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.fs.Sites;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.redo.CommitProtocol;
import dev.powercut.targets.ext.redo.Ext3Type;
import dev.powercut.targets.ext.redo.JournalSites;
import dev.powercut.targets.ext.redo.RedoLog;
import java.util.ArrayList;
import java.util.List;

/** Every site at which ext3 orders or flushes, and ext3 without one of them. */
public final class LogBarriers {

    private static final List<Site> SHARED_FLUSHES = List.of(
            Sites.UNCLEAN_BEFORE_CHANGE,
            Sites.CLEAN_AFTER_ALL,
            Sites.FSYNC_FLUSH,
            Sites.SYNC_FLUSH,
            Sites.UNMOUNT_FLUSH);

    /** At which the transaction is committed before an operation goes on. */
    private static final List<Site> COMMITS = List.of(Sites.SIZE_BEFORE_TAIL, Sites.SPACE_RAN_OUT);

    private record Explained(Site site, String why) {}

    private static final String LATER =
            "The first transaction flushes before its commit record, and so makes this durable as well.";

    private static final String OLD_LOG = LATER
            + " Until then nothing is home or promised, and the journal leads nowhere. Where it still leads into an old log that"
            + " nobody needs, it is needed: StartMarkCrashTest shows it; a run begins with an image of its own.";

    private static final String UNMOUNTING =
            "At an unmount all is durable and home already; only flags follow, each of which alone is right.";

    private static final List<Explained> EXPLANATIONS = List.of(
            new Explained(
                    Sites.SIZE_BEFORE_TAIL,
                    "Without it a crash may show the old size with zeroes where the end was, which the promises allow"
                            + " of a truncation that nothing has made durable, block by block; users expect the end whole"
                            + " or gone."),
            new Explained(
                    Sites.SPACE_RAN_OUT,
                    "It is for room, not for safety: without it an operation fails with ENOSPC while what would help is"
                            + " still waiting."),
            new Explained(JournalSites.STARTED, OLD_LOG),
            new Explained(Sites.UNCLEAN_BEFORE_CHANGE, LATER),
            new Explained(JournalSites.EMPTY, UNMOUNTING),
            new Explained(Sites.CLEAN_AFTER_ALL, UNMOUNTING),
            new Explained(Sites.UNMOUNT_FLUSH, UNMOUNTING));

    private LogBarriers() {}

    /** All of them. */
    public static List<Barrier> all() {
        List<Barrier> all = new ArrayList<>();
        JournalSites.orders().forEach(site -> all.add(barrier(site, Kind.ORDER)));
        JournalSites.flushes().forEach(site -> all.add(barrier(site, Kind.FLUSH)));
        COMMITS.forEach(site -> all.add(barrier(site, Kind.ORDER)));
        SHARED_FLUSHES.forEach(site -> all.add(barrier(site, Kind.FLUSH)));
        return all;
    }

    private static Barrier barrier(Site site, Kind kind) {
        String explanation = "";
        for (Explained explained : EXPLANATIONS) {
            if (explained.site.equals(site)) {
                explanation = explained.why;
            }
        }
        return new Barrier(site.name(), kind, site.why(), explanation);
    }

    /**
     * ext3 without a barrier.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Ext3Type remove(String name) {
        return new Ext3Type(without(name), RecoveryRules.ALL);
    }

    private static Ext3Type.LogMaker without(String name) {
        if (name.equals(JournalSites.DATA_BEFORE_RECORD.name())) {
            return parts -> new RedoLog(parts, new MisorderedCommit.DataLast(parts));
        } else if (name.equals(JournalSites.COMMIT_BEFORE_REUSE.name())) {
            return BrokenLog.ReusesEarly::new;
        }
        for (List<Site> sites : List.of(JournalSites.flushes(), SHARED_FLUSHES)) {
            for (Site site : sites) {
                if (site.name().equals(name)) {
                    return parts -> {
                        CommitProtocol protocol = new WithoutFlush(parts, site);
                        return new RedoLog(parts, protocol);
                    };
                }
            }
        }
        for (Site site : COMMITS) {
            if (site.name().equals(name)) {
                return parts -> new BrokenLog.WithoutRoom(parts, site);
            }
        }
        throw new IllegalArgumentException("ext3 has no barrier '" + name + "'");
    }
}
