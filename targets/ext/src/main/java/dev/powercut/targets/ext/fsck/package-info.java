/**
 * Checks and repairs ext2 and ext3 images. Above {@code format} and {@code journal}; knows nothing of the mounted filesystem.
 *
 * <p>Five passes, as e2fsck has them: inodes and their blocks; directories; connectivity; link counts; bitmaps and totals
 * (pass 0 looks at superblock, descriptors and journal). An ext3 image is recovered before anything is looked at. One scan finds all problems and changes nothing; repairs follow from what it
 * found. A problem is <em>benign</em> when a crash of a filesystem that orders its writes may leave it, and mending it loses
 * nothing that was promised; all else is <em>damage</em>.
 *
 * <p>Invariants. Work is linear in the metadata: no block is followed twice, however often it is pointed to, so that loops
 * end. Memory is bits per block and per inode, and words per inode in use and per directory block. A
 * block that two files claim is copied for the second one, as long as there is room. Every write goes through
 * the {@link dev.powercut.sim.disk.BlockDevice}, in stages with a flush after each; after every prefix of the writes of a
 * {@code -p} run, and any order within one stage, only benign problems remain. The clean flag is written last. A {@link
 * dev.powercut.targets.ext.fsck.Fsck} keeps its scratch memory between runs. Nothing depends on real time: deletion times
 * that a repair sets come from the caller or from the superblock.
 *
 * <p>A <em>trifle</em> is odd without making an image unclean: a field that Linux works out anew, or never looks at. {@code -n} tells it,
 * and ends with 0 if there is nothing else, as {@code e2fsck -fn} does; {@code -y} sets it right, and ends with 1.
 *
 * <p>What e2fsck 1.47 judges otherwise, and why we do not follow. (A test sets every field of small images to values that it might have by
 * mistake, and finds no other differences in exit codes: 0, or not.)
 *
 * <table>
 * <caption>Where the exit codes differ</caption>
 * <tr><th>image</th><th>e2fsck</th><th>here</th><th>reason</th></tr>
 * <tr><td>features of ext4</td><td>checks it</td><td>8, untouched</td><td>what they own would look leaked</td></tr>
 * <tr><td>ends before its volume</td><td>-n: told, 0 while no metadata is missing; -y: 8</td><td>-n: 4, with the files that lost blocks;
 * -y: 8</td><td>contents are lost</td></tr>
 * <tr><td>only a backup superblock serves</td><td>-n: 0 or 8</td><td>-n: 4</td><td>the volume does not mount as it is</td></tr>
 * <tr><td>copies of the superblock that contradict each other in features that shape the volume</td><td>goes by the first</td><td>-n: 4, -y:
 * goes by the one that fits the volume</td><td>the first may be the wrong one</td></tr>
 * <tr><td>one name twice in a directory with an index</td><td>0</td><td>-n: 4, -y: the second goes</td><td>the second file cannot be
 * reached; e2fsck compares the names within a block only</td></tr>
 * <tr><td>a symbolic link with a block, whose number reads as a name as long as the link</td><td>0</td><td>-n: 4, -y: the block
 * goes</td><td>e2fsck takes it for both kinds of link at once; ours is one whose size decides</td></tr>
 * <tr><td>a directory with an index and one link, without the feature dir_nlink</td><td>0</td><td>-n: 4, -y: counted</td><td>the next
 * rmdir in it leaves it without links</td></tr>
 * <tr><td>a quota's inode or an orphan file that the superblock names by mistake, and that is in use</td><td>-y: takes the inode from its
 * directory, some again at each run</td><td>-y: forgets the field</td><td>nothing is lost</td></tr>
 * <tr><td>times in the future, no type in an entry, flags of bitmaps not used</td><td>-p, -y: mended, 0</td><td>-p, -y: mended,
 * 1</td><td>1 is what e2fsck itself says of all else that it mends</td></tr>
 * <tr><td>log2 of flex groups above 31; a journal's UUID without a journal</td><td>8 or 12, also with -y</td><td>-n: 4, -y: set
 * 0</td><td>the field means nothing without its feature</td></tr>
 * </table>
 *
 * <p>Deliberately not done: moving bitmaps and inode tables to other places; rebuilding the index of a directory (it is
 * dropped); telling which of two claimants a block belongs to (each gets one); journals on other devices.
 */
@NullMarked
package dev.powercut.targets.ext.fsck;

import org.jspecify.annotations.NullMarked;
