package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.Stat;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.LoopMount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Linux tells of an image that ours worked on is what ours tells of it. */
class LinuxAgreementTest {

    static Stream<DiskImage> formats() {
        return Rig.formats().stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void linuxTellsTheSameOfEachFileAndOfTheWhole(DiskImage format) throws IOException {
        Rig rig = new Rig(format);
        work(rig);
        rig.process.sync();
        FileSystemStatistics whole = rig.process.statfs("/");
        TreeMap<String, String> ours = new TreeMap<>();
        tell(rig, "/", ours);
        try (LoopMount mount = new LoopMount(rig.unmount())) {
            String root = mount.root().toString();
            assertEquals(
                    whole.blockSizeBytes() + " " + whole.blockCount() + " " + whole.freeBlocks() + " "
                            + whole.availableBlocks() + " " + whole.inodeCount() + " " + whole.freeInodes(),
                    LoopMount.output("stat", "-f", "-c", "%s %b %f %a %c %d", root)
                            .strip());
            for (String path : ours.keySet()) {
                String theirs = LoopMount.output("stat", "-c", "%i %f %h %u %g %s %b %t:%T %.9Y %.9Z", root + path);
                assertEquals(ours.get(path), theirs.strip(), path);
            }
        }
    }

    private static void work(Rig rig) {
        int block = rig.process.statfs("/").blockSizeBytes();
        rig.process.mkdir("/d", 0750);
        rig.process.mkdir("/d/e", 02775);
        for (int i = 0; i < 80; i++) {
            rig.process.symlink("to-" + i, "/d/a-rather-long-name-of-a-link-" + i);
        }
        for (int blocks : new int[] {0, 1, 12, 13, 269, 600}) {
            rig.write("/d/f" + blocks, Rig.pattern(blocks, blocks * block));
        }
        rig.write("/sparse", 3_000_000, Rig.pattern(9, 10));
        int fd = rig.process.open("/d/f600", OpenFlags.O_RDWR, 0);
        rig.process.fallocate(fd, 3, 20L * block, 400L * block);
        rig.process.fallocate(fd, 0, 700L * block, 9);
        rig.process.close(fd);
        rig.process.truncate("/d/f269", 100L * block + 1);
        rig.process.symlink("x/".repeat(200), "/d/long");
        rig.process.mkfifo("/p", 0640);
        rig.process.mknod("/c", Mode.CHARACTER_DEVICE | 0600, 60 * 256 + 3);
        rig.process.mknod("/s", Mode.SOCKET | 0600, 0);
        rig.process.link("/d/f13", "/d/e/again");
        rig.process.chown("/d/f12", 70_000, 80_000);
        rig.process.utimens("/d/f1", -5_000_000_000L, 1_700_000_000_123_456_789L);
        rig.process.rename("/d/f0", "/d/e/moved");
        rig.process.unlink("/d/a-rather-long-name-of-a-link-7");
    }

    private static void tell(Rig rig, String path, TreeMap<String, String> told) {
        Stat stat = rig.process.lstat(path);
        told.put(
                path,
                stat.inodeNumber() + " " + Integer.toHexString(stat.mode()) + " " + stat.linkCount() + " " + stat.uid()
                        + " " + stat.gid() + " " + stat.sizeBytes() + " " + stat.blocks512() + " "
                        + Integer.toHexString(stat.device() >> 8) + ":" + Integer.toHexString(stat.device() & 0xFF)
                        + " " + seconds(stat.modifiedNanos()) + " " + seconds(stat.changedNanos()));
        if (Mode.isDirectory(stat.mode())) {
            int fd = rig.process.open(path, OpenFlags.O_RDONLY, 0);
            List<String> names = new ArrayList<>();
            for (DirectoryEntry entry : rig.process.readdir(fd)) {
                names.add(entry.name());
            }
            rig.process.close(fd);
            names.remove(".");
            names.remove("..");
            for (String name : names) {
                tell(rig, path.equals("/") ? path + name : path + "/" + name, told);
            }
        }
    }

    private static String seconds(long nanos) {
        return Math.floorDiv(nanos, 1_000_000_000L) + "." + String.format("%09d", Math.floorMod(nanos, 1_000_000_000L));
    }
}
