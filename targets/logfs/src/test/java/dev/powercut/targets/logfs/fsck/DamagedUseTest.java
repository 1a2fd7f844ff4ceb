package dev.powercut.targets.logfs.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.RoughUse;
import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.StateBounds;
import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.UnreadableTreeException;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.check.workload.Workload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.LogfsImageTool;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.Overwriting;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.fs.LogfsType;
import dev.powercut.targets.logfs.reader.SecondReader;
import dev.powercut.targets.logfs.reader.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Volumes in the middle of being used, cleaned and threaded among them, cut and then damaged in several places at once: checked, mended, checked
 * again, mounted for reading and for writing, and read by the second reader. Further seeds with {@code -Dpowercut.logfs.damaged=N}.
 */
class DamagedUseTest {

    private static final int SEEDS = Integer.getInteger("powercut.logfs.damaged", 12);
    private static final int FIRST = Integer.getInteger("powercut.logfs.damaged.first", 0);

    /** What was going on when the power failed. */
    enum Use {
        RANDOM(new FormatRequest(1 << 20, 1024, "segment=16K"), "") {
            @Override
            Workload workload(Choices choices) {
                return new RandomWorkload(150);
            }
        },
        LARGE_BLOCKS(new FormatRequest(8 << 20, 4096, "segment=64K"), "cleaner=cost-benefit") {
            @Override
            Workload workload(Choices choices) {
                return new RandomWorkload(100);
            }
        },
        CLEANED(Overwriting.FORMAT, ""),
        SORTED(Overwriting.FORMAT, "cleaner=cost-benefit"),
        THREADED(Overwriting.FORMAT, "cleaner=thread");

        final FormatRequest format;
        final String options;

        Use(FormatRequest format, String options) {
            this.format = format;
            this.options = options;
        }

        Workload workload(Choices choices) {
            return Overwriting.workload(choices);
        }

        /** Images that a cut leaves, of which most have a log to roll forward. */
        CrashStates cut() {
            Choices choices = Choices.seeded(ordinal());
            var recording = new Recorder(new LogfsTarget(), null, format, options, KernelOptions.DEFAULT)
                    .record(workload(choices), choices);
            return CrashStates.of(
                    Objects.requireNonNull(recording.log()),
                    CrashModel.PREFIX,
                    choices,
                    StateBounds.USUAL.withTotal(500));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyDamageIsToldMendedOrRefused(Use use) {
        CrashStates states = use.cut();
        int unsound = 0;
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Choices choices = Choices.seeded(seed).split("damaged", use.ordinal());
            DiskImage image = states.image(choices.choose("cut", states.imageCount()));
            byte[] bytes = new byte[Math.toIntExact(image.sectorCount() * Sector.BYTES)];
            image.read(0, Math.toIntExact(image.sectorCount()), bytes, 0);
            damage(bytes, choices);
            try {
                unsound += survives(DiskImage.of(bytes), seed) ? 0 : 1;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(use + ", seed " + seed, e);
            }
        }
        assertTrue(unsound > SEEDS / 6, "damaged " + unsound);
    }

    private static void damage(byte[] b, Choices choices) {
        Geometry g;
        try {
            g = Volume.open(ImageBuilder.disk(DiskImage.of(b))).geometry;
        } catch (ImageFormatException e) {
            throw new AssertionError(e);
        }
        int size = g.blockSizeBytes();
        int[] used = used(g, b);
        for (int wounds = 1 + choices.choose("wounds", 6); wounds > 0; wounds--) {
            int block = used[choices.choose("block", used.length)];
            int other = used[choices.choose("other", used.length)];
            switch (choices.weighted("wound", new int[] {4, 4, 2, 2, 1})) {
                case 0 -> b[block * size + choices.choose("byte", size)] ^= (byte) (1 << choices.choose("bit", 8));
                case 1 ->
                    LittleEndian.put32(b, block * size + 4 * choices.choose("word", size / 4), number(g, choices));
                case 2 -> {
                    byte[] kept = java.util.Arrays.copyOfRange(b, block * size, (block + 1) * size);
                    System.arraycopy(b, other * size, b, block * size, size);
                    System.arraycopy(kept, 0, b, other * size, size);
                }
                case 3 -> System.arraycopy(b, other * size, b, block * size, size);
                default -> java.util.Arrays.fill(b, block * size, (block + 1) * size, (byte) 0);
            }
            if (choices.chance("seal", 2, 3)) {
                FuzzedImage.seal(g, b, block);
                FuzzedImage.seal(g, b, other);
            }
        }
    }

    private static int number(Geometry g, Choices choices) {
        return switch (choices.choose("number", 4)) {
            case 0 -> choices.choose("block", g.blockCount());
            case 1 -> choices.choose("small", 40);
            case 2 -> -1 - choices.choose("small", 40);
            default -> Integer.MAX_VALUE - choices.choose("small", 40);
        };
    }

    /** Blocks that are not all zero; those with metadata count several times. */
    private static int[] used(Geometry g, byte[] b) {
        int size = g.blockSizeBytes();
        List<Integer> used = new ArrayList<>();
        for (int block = 0; block < g.blockCount(); block++) {
            boolean isUsed = false;
            for (int at = block * size; at < (block + 1) * size && !isUsed; at += 4) {
                isUsed = LittleEndian.s32(b, at) != 0;
            }
            boolean isFixed = !g.isInSegment(block);
            boolean isSummary = LittleEndian.s32(b, block * size) == Format.SUMMARY_MAGIC;
            for (int weight = isFixed ? 4 : isSummary ? 2 : 1; isUsed && weight > 0; weight--) {
                used.add(block);
            }
        }
        return used.stream().mapToInt(i -> i).toArray();
    }

    /** Returns whether fsck found no damage. */
    private static boolean survives(DiskImage image, int seed) {
        boolean sound = FsckCheckFuzzTest.check(image);
        FsckRepairFuzzTest.check(image);
        new LogfsImageTool().remarks(ImageBuilder.disk(image));
        isReadOrRefused(image);
        RoughUse.of(new LogfsType(), image, Choices.seeded(seed));
        SimulatedDisk disk = ImageBuilder.disk(image);
        if (Fsck.withPaths().repair(disk).recovered()) {
            assertEquals(List.of(), new LogfsImageTool().remarks(disk));
            Node.Directory read = SecondReader.read(disk.image());
            assertNull(Trees.difference(read, Trees.mounted(disk.image(), true)));
            assertNull(Trees.difference(read, Trees.mounted(disk.image(), false)));
            RoughUse.of(new LogfsType(), disk.image(), Choices.seeded(seed));
        }
        return sound;
    }

    private static void isReadOrRefused(DiskImage image) {
        try {
            Trees.mounted(image, true);
        } catch (MountException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(";"), "says what would help: " + e.getMessage());
        } catch (UnreadableTreeException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("cannot be read"), e.getMessage());
        }
    }
}
