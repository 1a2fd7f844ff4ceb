/**
 * Which contents are legal after a power cut. Layer check.
 *
 * <p>Everything that can be found is a cell: a directory's entry, an attribute of an inode, a chunk of a file, the target of a
 * symbolic link. A cell has versions, each made by an operation. After a cut at a position of the log, legal is any version
 * from the last one promised to the last one begun. {@link dev.powercut.check.promises.Promises} is built from a workload's
 * history, or by {@link dev.powercut.check.promises.MarkPromises} from the marks of a foreign recording.
 *
 * <p>Invariants. What no promise forbids is never a violation. A path is judged only when all its ancestors are there
 * legally. Names below the root's {@code lost+found} are not judged.
 *
 * <p>Not modelled here: access and change times, link counts (which fsck judges), sizes of directories.
 */
@NullMarked
package dev.powercut.check.promises;

import org.jspecify.annotations.NullMarked;
