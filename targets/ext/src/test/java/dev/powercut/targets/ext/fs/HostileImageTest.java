package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;

import dev.powercut.check.contract.RoughUse;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the bytes of an image are, calls succeed or fail with an errno: no exception of Java, no hang. */
class HostileImageTest {

    private static final List<DiskImage> BASES = bases();

    private static List<DiskImage> bases() {
        List<DiskImage> bases = new ArrayList<>();
        for (DiskImage format : List.of(
                Rig.format(Rig.MIB, options -> options),
                Rig.format(Rig.MIB, options -> options.withBlockSize(4096).withInodeSize(256)))) {
            Rig rig = new Rig(format);
            rig.process.mkdir("/d", 0755);
            rig.process.mkdir("/d/e", 0755);
            rig.write("/d/file", pattern(1, 3000));
            rig.write("/d/indirect", pattern(2, 60_000));
            rig.write("/sparse", 5_000_000, pattern(3, 2000));
            rig.process.symlink("d/file", "/short");
            rig.process.symlink("y".repeat(100), "/long");
            rig.process.link("/d/file", "/d/e/linked");
            for (int i = 0; i < 30; i++) {
                rig.write("/d/e/some-name-that-is-long-" + i, pattern(i, 10));
            }
            bases.add(rig.unmount());
        }
        return bases;
    }

    @Property(tries = 400, seed = "1")
    void randomBytesOfUsedSectorsGiveErrnosOnly(@ForAll long seed) {
        Choices choices = Choices.seeded(seed);
        DiskImage base = BASES.get(choices.choose("base", BASES.size()));
        List<Long> used = new ArrayList<>();
        base.forEachNonZero((number, contents) -> used.add(number));
        DiskImage image = base;
        int count = choices.between("count", 1, 6);
        for (int i = 0; i < count; i++) {
            // The first sectors are metadata, the rest mostly data: prefer the former.
            int bound = choices.chance("anywhere", 1, 4) ? used.size() : Math.min(used.size(), 150);
            long number = used.get(choices.choose("sector", bound));
            byte[] bytes = new byte[Sector.BYTES];
            image.sector(number).copyTo(bytes, 0);
            mutate(bytes, choices);
            image = image.with(number, Sector.copyOf(bytes, 0));
        }
        RoughUse.of(new Ext2Type(), image, choices.split("use"));
    }

    private static void mutate(byte[] bytes, Choices choices) {
        int at = choices.choose("word", Sector.BYTES / 4) * 4;
        switch (choices.choose("how", 5)) {
            case 0 -> bytes[choices.choose("byte", Sector.BYTES)] ^= (byte) (1 << choices.choose("bit", 8));
            case 1 -> putWord(bytes, at, choices.choose("small", 2000));
            case 2 -> putWord(bytes, at, -1 - choices.choose("negative", 3));
            case 3 -> putWord(bytes, at, choices.choose("any", Integer.MAX_VALUE));
            default -> {
                int to = choices.choose("to", Sector.BYTES / 4) * 4;
                int length = Math.min(choices.between("length", 4, 128), Sector.BYTES - Math.max(at, to));
                System.arraycopy(bytes.clone(), at, bytes, to, length);
            }
        }
    }

    private static void putWord(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
