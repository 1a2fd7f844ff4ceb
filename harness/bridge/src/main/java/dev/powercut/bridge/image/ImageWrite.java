package dev.powercut.bridge.image;

import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;

/** Gathers neighbouring sectors into large writes. */
final class ImageWrite implements DiskImage.SectorVisitor {

    /** Images are copied as a whole: nobody asks what dirtied their blocks. */
    static final Cause CAUSE = new Cause(new BlockKind("image"), new Trigger.Recorded());

    private static final int RUN_SECTORS = 512;

    private final ImageFile file;
    private final byte[] run = new byte[RUN_SECTORS * Sector.BYTES];
    private long first;
    private int count;

    ImageWrite(ImageFile file) {
        this.file = file;
    }

    @Override
    public void visit(long number, Sector contents) {
        if (count == RUN_SECTORS || number != first + count) {
            finish();
            first = number;
        }
        contents.copyTo(run, count * Sector.BYTES);
        count++;
    }

    /** Writes what has been gathered. */
    void finish() {
        if (count > 0) {
            file.write(first, count, run, 0, CAUSE);
            count = 0;
        }
    }
}
