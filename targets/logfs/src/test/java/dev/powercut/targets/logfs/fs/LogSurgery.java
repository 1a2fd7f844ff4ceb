package dev.powercut.targets.logfs.fs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds the partial writes of a log behind the newest checkpoint, and changes one. */
final class LogSurgery {

    final Geometry geometry;
    final List<Integer> writes = new ArrayList<>();
    private final DiskImage image;
    private final Checksum checksum;

    LogSurgery(DiskImage image) {
        this.image = image;
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        try {
            geometry = VolumeReader.superblock(disk);
            checksum = new Checksum(geometry.volumeId());
            int at = VolumeReader.newestCheckpoint(disk, geometry, checksum, Discipline.correct())
                    .nextBlock();
            byte[] b = block(at);
            while (Summary.isPlausible(geometry, b, 0, at) && Summary.isSound(geometry, checksum, b, 0)) {
                writes.add(at);
                at = Summary.next(b, 0);
                b = block(at);
            }
        } catch (ImageFormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private byte[] block(int at) {
        return blocks(at, 1);
    }

    private byte[] blocks(int at, int count) {
        byte[] b = new byte[count * geometry.blockSizeBytes()];
        image.read((long) at * geometry.sectorsPerBlock(), b.length / Sector.BYTES, b, 0);
        return b;
    }

    private DiskImage with(int at, byte[] b) {
        DiskImage changed = image;
        for (int i = 0; i < b.length / Sector.BYTES; i++) {
            changed = changed.with((long) at * geometry.sectorsPerBlock() + i, Sector.copyOf(b, i * Sector.BYTES));
        }
        return changed;
    }

    /** Which blocks of a kind a partial write has: offsets in its bytes. */
    List<Integer> payload(byte[] write, int kind) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < Summary.count(write, 0); i++) {
            if (Summary.kind(write, 0, i) == kind) {
                found.add((1 + i) * geometry.blockSizeBytes());
            }
        }
        return found;
    }

    byte[] write(int index) {
        int at = writes.get(index);
        return blocks(at, 1 + Summary.count(block(at), 0));
    }

    /** The image with one byte of a partial write turned round. */
    DiskImage damage(int index, int offset) {
        byte[] b = write(index);
        b[offset] ^= 0x40;
        return with(writes.get(index), b);
    }

    /** The image with a partial write changed, whose checksums fit again. */
    DiskImage change(int index, Consumer<byte[]> surgeon) {
        byte[] b = write(index);
        surgeon.accept(b);
        int size = geometry.blockSizeBytes();
        LittleEndian.put32(b, Format.SUM_PAYLOAD_CHECKSUM, checksum.of(b, size, b.length - size));
        LittleEndian.put32(b, Format.SUM_CHECKSUM, checksum.ofRecord(b, 0, size, Format.SUM_CHECKSUM));
        assertTrue(Summary.isSound(geometry, checksum, b, 0));
        return with(writes.get(index), b);
    }

    int last() {
        return writes.size() - 1;
    }
}
