package dev.powercut.targets.logfs.fsck;

import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.format.Checkpoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The two checkpoint regions of a volume. */
final class Checkpoints {

    private final Volume volume;
    final @Nullable Checkpoint a;
    final @Nullable Checkpoint b;

    Checkpoints(Volume volume) {
        this.volume = volume;
        this.a = read(volume, volume.geometry.checkpointA());
        this.b = read(volume, volume.geometry.checkpointB());
    }

    private static @Nullable Checkpoint read(Volume volume, int block) {
        byte[] head = new byte[Sector.BYTES];
        long sector = (long) block * volume.geometry.sectorsPerBlock();
        volume.device.read(sector, 1, head, 0);
        int length = Checkpoint.lengthBytes(volume.geometry, head);
        if (length == 0) {
            return null;
        }
        byte[] all = Arrays.copyOf(head, length);
        volume.device.read(sector + 1, length / Sector.BYTES - 1, all, Sector.BYTES);
        return Checkpoint.decode(volume.geometry, volume.checksum, all, length);
    }

    /** The one that counts, or null. */
    @Nullable
    Checkpoint newest() {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.sequence() >= b.sequence() ? a : b;
    }

    /** Notes what is wrong with the regions, when there is a valid one. */
    void check(Checkpoint newest, boolean quick, Problems problems) {
        region(a, 0, volume.geometry.checkpointA(), newest, quick, problems);
        region(b, 1, volume.geometry.checkpointB(), newest, quick, problems);
    }

    /**
     * A quick check does not mention a torn region, nor one that a repair which was cut short did not come to: it is where the next checkpoint goes,
     * and a cut may leave it so.
     */
    private static void region(
            @Nullable Checkpoint found, int parity, int block, Checkpoint newest, boolean quick, Problems problems) {
        if (found == null) {
            if (!quick || (newest.sequence() & 1) == parity) {
                problems.add(ProblemKind.CHECKPOINT_INVALID, 0, block, 0, 0);
            }
        } else if ((found.sequence() & 1) != parity) {
            problems.add(ProblemKind.CHECKPOINT_MISPLACED, 0, block, found.sequence(), 0);
        } else if (found != newest && found.sequence() == newest.sequence() - Rewriting.NUMBERS) {
            if (!quick) {
                problems.add(ProblemKind.CHECKPOINT_BEFORE_REPAIR, 0, block, found.sequence(), newest.sequence());
            }
        } else if (found != newest && found.sequence() != newest.sequence() - 1) {
            problems.add(ProblemKind.CHECKPOINT_OLD, 0, block, found.sequence(), newest.sequence());
        }
    }
}
