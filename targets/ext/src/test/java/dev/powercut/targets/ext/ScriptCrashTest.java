package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short sequences that once needed an order of their own, each under several choices of what is written back when. */
class ScriptCrashTest {

    private static final int SEEDS = 80;

    /** Two names of this length fill most of a sector. */
    private static final String LONG =
            "long-name-long-name-long-name-long-name-long-name-long-name-long-name-long-name-long-name-long-name-"
                    + "long-name-long-name-long-name-long-name-long-name-long-name-long-name-long-name-long-name-";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Into a directory that a crash may not know yet.
                "mkdir /a 755;mkdir /a/m 755;creat /a/f 644;write /a/f 0 900;sync;mkdir /c 755;"
                        + "rename /a/m /c/m;rename /a/f /c/f;rmdir /c/m;sync",
                // Moved, and moved on, and its names used again.
                "mkdir /e 755;mkdir /b 755;rename /e /b/a;creat /e 644;rename /b/a /b/b;mkdir /b/a 755;mkdir /b/a/a 755",
                // Made, and moved at once, so that the first name is as new as the second.
                "mkdir /p 755;mkdir /q 755;mkdir /p/m 755;rename /p/m /q/m;rmdir /q/m;mkdir /q/m 755;rename /q /p/q",
                // Moved out of one that then moves below it.
                "mkdir /a 755;creat /b 644;mkdir /a/c 755;symlink /a/c/c /c;mkdir /a/c/c 755;mkdir /c/b 755;unlink /c;sync;rename /a /c;rename /c/c/c /a;"
                        + "rename /c /a/b/c;sync",
                // Replaced within one sector, in a directory that is not on the disk yet.
                "mkdir /d 755;creat /d/a 644;creat /d/b 644;rename /d/a /d/b;append /d/b 400;fsync /d",
                // An empty directory replaced by another, in the same parent and in another one.
                "mkdir /a 755;mkdir /b 755;mkdir /a/x 755;mkdir /a/y 755;mkdir /b/z 755;sync;"
                        + "rename /a/x /a/y;rename /b/z /a/y;sync",
                // Made, and moved to another sector of the same parent.
                "mkdir /d 755;creat /d/" + LONG + "1 644;creat /d/" + LONG + "2 644;sync;mkdir /d/a 755;rename /d/a /d/"
                        + LONG + "3;mkdir /d/" + LONG + "3/b 755",
                // A FIFO opened to write while somebody has it open to read.
                "mkfifo /a 644;open 0 /a;creat /a 644;sync;close 0;creat /a 644",
                // A file linked, and all its names removed in turn.
                "creat /a 644;link /a /b;mkdir /d 755;link /b /d/c;unlink /a;unlink /b;unlink /d/c;rmdir /d;creat /a 644"
            })
    void noCrashStateIsDamaged(String script) {
        Ext2Target target = new Ext2Target();
        ScriptWorkload workload = ScriptWorkload.parse("script", script.replace(';', '\n'));
        for (int seed = 1; seed <= SEEDS; seed++) {
            Recording recording = new Recorder(target, null, target.defaultFormat(), "", new KernelOptions(8, 8, true))
                    .record(workload, Choices.seeded(seed));
            assertNull(recording.failure());
            assertEquals(
                    List.of(),
                    new Explorer(target, null, "", Oracles.all())
                            .explore(recording, CrashModel.PREFIX, Integer.MAX_VALUE, ExplorationMonitor.NONE)
                            .findings());
        }
    }
}
