/**
 * Judging what a real kernel left behind: every crash state of a recorded log is recovered, read and judged. Layer bridge.
 *
 * <p>{@link dev.powercut.bridge.replay.ReplayLog} is the way in. The crash states of the log come from
 * {@code dev.powercut.check.explore}; each distinct image is repaired by the filesystem's own checker by all means (fsck -y: the
 * recorded kernel may have promised no write order), mounted read-only, read, and judged by the marks of the recording. A mark
 * speaks of what had returned when it was written, so it counts for a cut at its place in the log or later, where everything
 * that a flush had completed before is on the disk. An external checker such as e2fsck may judge the same images.
 *
 * <p>What is judged, by mark: contents and absence of paths (fsynced, acked, gone, dir, atomic), the whole tree (final, synced with a
 * count), a git repository with all its objects (synced with a tree and a commit), the rows of an SQLite database (commit;
 * needs the program sqlite3, and says so when that is missing).
 *
 * <p>Not modelled here: symbolic links of recordings are not judged (ext2 cannot sync one), nor are times and modes, of which
 * no mark speaks.
 */
@NullMarked
package dev.powercut.bridge.replay;

import org.jspecify.annotations.NullMarked;
