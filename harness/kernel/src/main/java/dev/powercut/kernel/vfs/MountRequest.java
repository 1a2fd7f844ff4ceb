package dev.powercut.kernel.vfs;

import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;

/**
 * What a filesystem is given to live with.
 *
 * @param world clock, runner, trace and the current operation
 * @param machine index of the machine in its world
 * @param device where the image is
 * @param readOnly mount without writing anything, recovery included
 * @param options filesystem's own options, comma separated as for mount(8), empty for none
 * @param metadataBufferLimit how many metadata buffers may be cached before clean ones are dropped and dirty ones written
 */
public record MountRequest(
        World world, int machine, BlockDevice device, boolean readOnly, String options, int metadataBufferLimit) {

    /** Virtual wall-clock time: 2026-01-01T00:00:00Z plus the world's clock. */
    public static final long EPOCH_NANOS = 1_767_225_600_000_000_000L;

    public long nowNanos() {
        return EPOCH_NANOS + world.clock().nowNanos();
    }
}
