package dev.powercut.kernel;

/**
 * Sizes of a kernel's caches.
 *
 * @param pageLimit how many file pages may be cached before pages are evicted, dirty ones written first
 * @param metadataBufferLimit the same for metadata buffers of one mount
 * @param writeBack whether the kernel writes back at moments that the choices pick; else only when asked or out of memory
 */
public record KernelOptions(int pageLimit, int metadataBufferLimit, boolean writeBack) {

    /** Small enough that a workload of a few hundred operations sees eviction. */
    public static final KernelOptions DEFAULT = new KernelOptions(64, 256, true);

    /** For recovery and reading: no write-back of its own. */
    public static final KernelOptions QUIET = new KernelOptions(4096, 4096, false);
}
