/**
 * The two caches of a simulated machine. {@link dev.powercut.kernel.cache.PageCache File pages}: the kernel dirties them and
 * decides when they go; the filesystem decides where. {@link dev.powercut.kernel.cache.MetadataCache Metadata buffers}: clean,
 * dirty, pinned, ordered; their order belongs to the filesystem's discipline.
 *
 * <p>Invariants. A dirty buffer sector is never written before every sector that was ordered before it is durable. What was
 * freed is not written any more. Each write carries its cause: the operations and sites that dirtied it since it was clean. A
 * flush goes out only when something that is to be written needs it, or a promise is made.
 *
 * <p>Neither cache has locks of its own. A file's pages are protected by its inode's lock; a filesystem's metadata cache by the
 * lock under which the filesystem calls it, {@code trim} and write-back included.
 *
 * <p>Not modelled here: several sizes of page.
 */
@NullMarked
package dev.powercut.kernel.cache;

import org.jspecify.annotations.NullMarked;
