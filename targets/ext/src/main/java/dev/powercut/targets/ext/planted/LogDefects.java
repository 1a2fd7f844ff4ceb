package dev.powercut.targets.ext.planted;

import dev.powercut.check.target.PlantedDefect;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.journal.RecoveryRule;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.redo.CommitProtocol;
import dev.powercut.targets.ext.redo.Ext3Type;
import dev.powercut.targets.ext.redo.JournalSites;
import dev.powercut.targets.ext.redo.RedoLog;
import java.util.ArrayList;
import java.util.List;

/** The defects that can be planted in ext3, by name: of what keeps the log, and of what recovers from it. */
public final class LogDefects {

    private static final String PREFIX = CrashModel.PREFIX.name();
    private static final String REORDER = CrashModel.REORDER.name();

    /** Transactions of one size, so that an old one begins where a new one ends. */
    private static final String ROUND = "--workload script:corpus/audit/round-and-round-the-log.txt";

    private record Defect(PlantedDefect told, Ext3Type.LogMaker log, RecoveryRules rules) {

        Defect shownBy(String runOptions) {
            return new Defect(told.shownBy(runOptions), log, rules);
        }
    }

    private LogDefects() {}

    private static List<Defect> defects() {
        return List.of(
                protocol(
                        "data-after-commit",
                        "data=ordered: data is written after the transaction that points to it has been committed",
                        PREFIX,
                        MisorderedCommit.DataLast::new),
                protocol(
                        "home-before-commit",
                        "blocks go home before the transaction that they are of has been committed",
                        PREFIX,
                        MisorderedCommit.HomeFirst::new),
                protocol(
                        "tail-before-home",
                        "the log lets go of transactions before their blocks are home",
                        PREFIX,
                        MisorderedCommit.TailFirst::new),
                unflushed(
                        "commit-without-barrier",
                        "no flush between the blocks of a transaction and its commit record",
                        JournalSites.BLOCKS_BEFORE_RECORD),
                unflushed(
                        "commit-not-durable",
                        "a commit record is written without FUA and without a flush",
                        JournalSites.RECORD_DURABLE),
                unflushed(
                        "checkpoint-without-barrier",
                        "no flush between blocks that go home and the log's letting go of them",
                        JournalSites.HOME_BEFORE_TAIL),
                log(
                        "operation-split",
                        "a transaction is committed in the middle of an operation",
                        PREFIX,
                        BrokenLog.SplitsOperations::new),
                log(
                        "fsync-waits-for-last-commit",
                        "fsync waits for the transaction before the one that it needs",
                        PREFIX,
                        BrokenLog.WaitsForWrongTransaction::new),
                log(
                        "freed-block-reused-before-commit",
                        "a freed block is used again before the transaction that frees it has been committed",
                        PREFIX,
                        BrokenLog.ReusesEarly::new),
                log(
                        "revoke-missing",
                        "freed metadata blocks are not revoked in the log",
                        PREFIX,
                        BrokenLog.ForgetsRevokes::new),
                recovery(
                        "revoke-ignored",
                        "recovery replays blocks that were revoked",
                        PREFIX,
                        "",
                        RecoveryRule.HEED_REVOKES),
                recovery(
                        "revoke-off-by-one",
                        "recovery takes a revoke to count one transaction less far than it does",
                        PREFIX,
                        "",
                        RecoveryRule.REVOKE_UP_TO_OWN),
                recovery(
                        "replay-stops-early",
                        "recovery leaves the last complete transaction out",
                        PREFIX,
                        "",
                        RecoveryRule.REPLAY_THE_LAST),
                recovery(
                        "orphans-ignored",
                        "recovery leaves the list of orphans as it is",
                        PREFIX,
                        "",
                        RecoveryRule.PROCESS_ORPHANS),
                recovery(
                        "replay-not-repeatable",
                        "recovery changes the log while it replays it, so that a cut spoils what is left",
                        PREFIX,
                        "",
                        RecoveryRule.LEAVE_THE_LOG),
                recovery(
                        "log-emptied-early",
                        "recovery marks the log as empty before the replayed blocks are flushed",
                        REORDER,
                        "",
                        RecoveryRule.FLUSH_BEFORE_EMPTYING),
                recovery(
                        "checksum-ignored",
                        "recovery does not look at checksums, though commit records may come before what they commit",
                        REORDER,
                        "data=journal,journal_async_commit",
                        RecoveryRule.VERIFY_CHECKSUMS));
    }

    /** Those that random operations of one process do not show. */
    private static List<Defect> furtherDefects() {
        return List.of(
                protocol(
                                "commit-races-with-operation",
                                "a commit writes blocks while an operation of another process is changing them",
                                PREFIX,
                                MisorderedCommit.CopiedLate::new)
                        .shownBy("--processes 3"),
                new Defect(
                        new PlantedDefect(
                                "magic-not-escaped",
                                "blocks that begin with the magic number of the log are logged as they are; no data of a run look"
                                        + " like a log, so only LeftInTheLogTest finds it",
                                PREFIX,
                                "data=journal"),
                        parts -> new RedoLog(parts, new MisorderedCommit.Unescaped(parts)),
                        RecoveryRules.ALL),
                recovery(
                                "stale-transaction-accepted",
                                "recovery takes a transaction of an earlier round of the log for the next one",
                                PREFIX,
                                "data=journal",
                                RecoveryRule.COMPARE_SEQUENCE)
                        .shownBy(ROUND),
                recovery(
                                "replays-past-bad-sequence",
                                "recovery takes the commit record of an earlier round of the log for one that is missing",
                                PREFIX,
                                "data=journal",
                                RecoveryRule.STOP_AT_WRONG_SEQUENCE)
                        .shownBy(ROUND));
    }

    /** Makes a commit protocol. */
    @FunctionalInterface
    private interface ProtocolMaker {
        CommitProtocol make(CommitProtocol.Parts parts);
    }

    private static Defect protocol(String name, String summary, String model, ProtocolMaker maker) {
        return log(name, summary, model, parts -> new RedoLog(parts, maker.make(parts)));
    }

    private static Defect unflushed(String name, String summary, Site site) {
        return protocol(name, summary, REORDER, parts -> new WithoutFlush(parts, site));
    }

    private static Defect log(String name, String summary, String model, Ext3Type.LogMaker log) {
        return new Defect(new PlantedDefect(name, summary, model, ""), log, RecoveryRules.ALL);
    }

    private static Defect recovery(
            String name, String summary, String model, String mountOptions, RecoveryRule forgotten) {
        return new Defect(
                new PlantedDefect(name, summary, model, mountOptions),
                parts -> new RedoLog(parts, new CommitProtocol(parts)),
                RecoveryRules.without(forgotten));
    }

    /** Names and summaries. */
    public static List<PlantedDefect> all() {
        return told(defects());
    }

    /** Names and summaries of those that random operations of one process do not show. */
    public static List<PlantedDefect> further() {
        return told(furtherDefects());
    }

    private static List<PlantedDefect> told(List<Defect> defects) {
        List<PlantedDefect> all = new ArrayList<>();
        for (Defect defect : defects) {
            all.add(defect.told);
        }
        return all;
    }

    private static Defect find(String name) {
        List<Defect> all = new ArrayList<>(defects());
        all.addAll(furtherDefects());
        for (Defect defect : all) {
            if (defect.told.name().equals(name)) {
                return defect;
            }
        }
        throw new IllegalArgumentException("ext3 has no planted defect '" + name + "'");
    }

    /**
     * ext3 with a defect.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Ext3Type plant(String name) {
        Defect defect = find(name);
        return new Ext3Type(defect.log, defect.rules);
    }

    /**
     * What recovery keeps to in ext3 with a defect.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static RecoveryRules rules(String name) {
        return find(name).rules;
    }
}
