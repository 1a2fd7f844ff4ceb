package dev.powercut.targets.logfs.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.StateBounds;
import dev.powercut.check.target.Barrier;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.fs.Sites;
import dev.powercut.targets.logfs.reader.SecondReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The flush behind a mount's first checkpoint is needed: two mounts, each cut where writes may arrive in any order. The first one's log, of which
 * the beginning is overwritten by the second, must not go on behind that. One cut alone does not show it; {@link Barriers} says why.
 */
class FirstCheckpointTest {

    private static final String LEFT_OUT = Barrier.WITHOUT + Sites.FIRST_CHECKPOINT.name();

    private final LogfsTarget target = new LogfsTarget();
    private final CrashModel model = CrashModel.REORDER;
    private int cutTwice;

    /** A mount that makes directories, each in a group of its own that nobody asks to be durable; and all that a cut may leave of it. */
    private List<DiskImage> cut(DiskImage image, @Nullable String defect, String... names) {
        World world = World.withOneTask(Choices.zero());
        WriteLog log = new WriteLog(image);
        SimulatedDisk disk = SimulatedDisk.logged(world, log);
        FileSystem mounted = target.fileSystem(defect).mount(new MountRequest(world, 0, disk, false, "", 64));
        for (String name : names) {
            mounted.create(mounted.root(), name, new NewInode(Mode.DIRECTORY | 0755, 0, 0, "", 0));
            mounted.writeBackSome(Choices.zero());
        }
        CrashStates states = CrashStates.of(log, model, Choices.zero(), StateBounds.USUAL);
        List<DiskImage> images = new ArrayList<>();
        for (int i = 0; i < states.imageCount(); i++) {
            images.add(states.image(i));
        }
        return images;
    }

    private static TreeSet<String> names(DiskImage image) {
        TreeSet<String> names = new TreeSet<>();
        for (Node.Entry entry : SecondReader.read(image).entries()) {
            names.add(entry.name());
        }
        return names;
    }

    /** How many states have a name of the first mount that was not there when the second began. */
    private int risen(@Nullable String defect) {
        int risen = 0;
        cutTwice = 0;
        for (DiskImage first : cut(target.format(target.defaultFormat()), defect, "a", "b")) {
            TreeSet<String> before = names(first);
            for (DiskImage second : cut(first, defect, "c")) {
                TreeSet<String> after = names(second);
                after.remove("c");
                cutTwice++;
                risen += after.equals(before) ? 0 : 1;
            }
        }
        return risen;
    }

    @Test
    void withItNothingOfAFormerMountRisesAgain() {
        assertEquals(0, risen(null));
        assertTrue(cutTwice > 10, "states " + cutTwice);
    }

    @Test
    void withoutItWhatAFormerMountLostRisesBehindWhatTheNextWrote() {
        assertTrue(risen(LEFT_OUT) > 0, "none of " + cutTwice);
    }
}
