package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Ext2FileSystemTest {

    static List<DiskImage> formats() {
        return Rig.formats();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsWrittenIsThereAfterRemountAndCleanForE2fsck(DiskImage image) {
        Rig rig = new Rig(image);
        rig.process.mkdir("/a", 0755);
        rig.process.mkdir("/a/b", 0755);
        rig.write("/a/b/small", pattern(1, 100));
        rig.write("/a/b/indirect", pattern(2, 100_000));
        rig.write("/a/double", pattern(3, 1_500_000));
        rig.write("/sparse", 3_000_000, pattern(4, 5000));
        rig.process.symlink("a/b", "/short");
        rig.process.symlink("x".repeat(200), "/long");
        rig.process.link("/a/b/small", "/linked");
        rig.write("/gone", pattern(5, 40_000));
        rig.process.unlink("/gone");
        rig.process.mkdir("/gone", 0700);
        rig.process.rmdir("/gone");
        rig.process.rename("/a/b", "/moved");
        rig.process.rename("/moved/small", "/a/small");
        rig.process.truncate("/a/double", 700_001);
        DiskImage after = rig.unmount();
        E2fsprogs.assertClean(after);

        Rig again = new Rig(after);
        assertArrayEquals(pattern(1, 100), again.read("/a/small"));
        assertArrayEquals(pattern(2, 100_000), again.read("/moved/indirect"));
        assertArrayEquals(java.util.Arrays.copyOf(pattern(3, 1_500_000), 700_001), again.read("/a/double"));
        assertArrayEquals(pattern(4, 5000), again.read("/sparse", 3_000_000, 6000));
        assertArrayEquals(new byte[1000], again.read("/sparse", 1_000_000, 1000));
        assertEquals("a/b", again.process.readlink("/short"));
        assertEquals("x".repeat(200), again.process.readlink("/long"));
        assertEquals(2, again.process.stat("/linked").linkCount());
    }
}
