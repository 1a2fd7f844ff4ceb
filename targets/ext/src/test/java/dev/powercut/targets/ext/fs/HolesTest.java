package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.disk.DiskImage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HolesTest {

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final long FAR = 300L << 20;

    static List<DiskImage> formats() {
        return Rig.formats();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void seekFindsDataAndHolesOnDiskAndInDirtyPages(DiskImage image) {
        Rig rig = new Rig(image);
        rig.write("/f", 8192, pattern(1, 4096));
        rig.write("/f", FAR, pattern(2, 4096));
        int fd = rig.process.open("/f", OpenFlags.O_RDWR, 0);
        for (int pass = 0; pass < 2; pass++) {
            assertEquals(8192, rig.process.lseek(fd, 0, SEEK_DATA));
            assertEquals(9000, rig.process.lseek(fd, 9000, SEEK_DATA));
            assertEquals(12288, rig.process.lseek(fd, 8192, SEEK_HOLE));
            assertEquals(0, rig.process.lseek(fd, 0, SEEK_HOLE));
            assertEquals(FAR, rig.process.lseek(fd, 12288, SEEK_DATA));
            assertEquals(FAR + 4096, rig.process.lseek(fd, FAR, SEEK_HOLE));
            // The second time the pages are clean, and only the disk knows.
            rig.process.fsync(fd);
        }
        ErrnoException beyond = assertThrows(ErrnoException.class, () -> rig.process.lseek(fd, FAR + 4096, SEEK_DATA));
        assertEquals(Errno.ENXIO, beyond.errno());
        rig.process.ftruncate(fd, FAR + (1 << 20));
        assertEquals(
                Errno.ENXIO,
                assertThrows(ErrnoException.class, () -> rig.process.lseek(fd, FAR + 4096, SEEK_DATA))
                        .errno());
        assertEquals(FAR + 5000, rig.process.lseek(fd, FAR + 5000, SEEK_HOLE));
    }
}
