package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.s32;

import dev.powercut.targets.logfs.format.Format;
import java.util.ArrayList;
import java.util.List;

/** Finds the partial writes in a segment, those of former uses of it included. */
final class SegmentReading {

    private SegmentReading() {}

    static List<PartialWrite> of(Volume volume, int segment) {
        List<PartialWrite> found = new ArrayList<>();
        int first = volume.geometry.segmentStart(segment);
        int end = first + volume.geometry.segmentBlocks();
        int sectors = volume.geometry.sectorsPerBlock();
        byte[] b = new byte[volume.blockSize()];
        int at = first;
        while (at < end) {
            long inUse = volume.device.skipZeroes((long) at * sectors, (long) end * sectors);
            at = Math.max(at, (int) (inUse / sectors));
            if (at >= end) {
                break;
            }
            volume.read(at, 1, b, 0);
            PartialWrite write =
                    s32(b, Format.SUM_MAGIC) == Format.SUMMARY_MAGIC ? PartialWrite.at(volume, at, b) : null;
            if (write != null) {
                found.add(write);
            }
            // What is whole has no summary of another within it; what is not may have been overwritten in part.
            at = write != null && write.whole() ? write.end() : at + 1;
        }
        return found;
    }
}
