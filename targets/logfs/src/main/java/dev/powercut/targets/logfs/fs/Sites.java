package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Site;

/** The named places at which logfs makes something dirty or flushes. */
public final class Sites {

    // ---- Kinds of request ----

    /** A partial write: summary and payload. */
    public static final BlockKind SEGMENT = new BlockKind("segment");

    public static final BlockKind CHECKPOINT = new BlockKind("checkpoint");

    // ---- What makes dirty ----

    public static final Site CREATE = new Site("logfs.create", "a file was made");
    public static final Site LINK = new Site("logfs.link", "a file got a further name");
    public static final Site UNLINK = new Site("logfs.unlink", "a name was removed");
    public static final Site RMDIR = new Site("logfs.rmdir", "a directory was removed");
    public static final Site RENAME = new Site("logfs.rename", "a name was moved");
    public static final Site ATTRIBUTES = new Site("logfs.attributes", "attributes of a file were changed");
    public static final Site EXTENTS = new Site("logfs.extents", "data of a file went to a new place in the log");
    public static final Site SIZE = new Site("logfs.size", "the size covers data that has been written");
    public static final Site TRUNCATE = new Site("logfs.truncate", "a file was cut off");
    public static final Site PUNCH = new Site("logfs.punch", "a hole was made in a file");
    public static final Site TAIL_DROPPED =
            new Site("logfs.tail-dropped", "blocks beyond the end of a file, which a crash had left, were given up");
    public static final Site CLEANING = new Site("logfs.cleaning", "live data was copied out of a segment");
    public static final Site ROLL_FORWARD =
            new Site("logfs.roll-forward", "recovery completed an operation of the log");
    public static final Site TABLES = new Site("logfs.tables", "a checkpoint wrote inode map and segment usage");

    // ---- Flushes ----

    public static final Site FSYNC_FLUSH =
            new Site("logfs.fsync.flush", "what was written for an fsync is durable before it returns");
    public static final Site LOG_BEFORE_CHECKPOINT = new Site(
            "logfs.checkpoint.log-before-region", "a checkpoint is written only when all it points to is durable");
    public static final Site CHECKPOINT_BEFORE_REUSE = new Site(
            "logfs.checkpoint.region-before-reuse",
            "segments that a checkpoint freed are written to only when it is durable; and sync returns only then");
    public static final Site FIRST_CHECKPOINT = new Site(
            "logfs.mount.checkpoint-before-log",
            "a mount's first checkpoint is durable before anything is written with its number, so that nothing which a"
                    + " former mount left can follow on it");

    private Sites() {}
}
