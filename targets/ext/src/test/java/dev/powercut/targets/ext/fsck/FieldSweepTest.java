package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.fsck.FieldSweep.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every field of the metadata set to values that it might have by mistake. Our {@code -n} and {@code e2fsck -fn} end alike, with 0 or not;
 * what e2fsck tells, we tell; and what our {@code -y} has mended is clean for both, without a word.
 *
 * <p>System properties: one in {@code powercut.fsck.fields} (300) of about 125,000 changes is tried, beginning with {@code
 * powercut.fsck.from} (0); values by chance come from {@code powercut.fsck.seed} (1).
 */
class FieldSweepTest {

    private static final int EACH = Integer.getInteger("powercut.fsck.fields", 300);
    private static final int FROM = Integer.getInteger("powercut.fsck.from", 0);
    private static final int SEED = Integer.getInteger("powercut.fsck.seed", 1);

    private final long nowSeconds = Instant.now().getEpochSecond();

    private final Fsck fsck = new Fsck();

    @ParameterizedTest
    @EnumSource
    void fieldsAreJudgedAsE2fsckJudgesThem(SweptImage which) {
        Surgery sound = new Surgery(which.image());
        List<String> differences = new ArrayList<>();
        List<Change> changes = FieldSweep.of(sound, SEED);
        try (E2fsprogs.Judge judge = new E2fsprogs.Judge()) {
            for (int i = FROM; i < changes.size(); i += EACH) {
                Surgery s = sound.copy();
                changes.get(i).make(s.b);
                judge(s, changes.get(i), judge, differences);
            }
        }
        assertEquals("", String.join("\n", differences));
    }

    private void judge(Surgery s, Change change, E2fsprogs.Judge judge, List<String> differences) {
        SimulatedDisk disk = Surgery.disk(s.image());
        FsckReport ours = fsck.run(disk, options(CheckMode.READ_ONLY));
        E2fsprogs.Result theirs = judge.e2fsck(s.image());
        // With the damage left as it is, e2fsck often cannot go on, and ends with 8 or 12.
        boolean clean = theirs.exit() == 0;
        boolean told = theirs.output().contains("? no") || theirs.output().contains("future");
        if (isJustified(change, ours, theirs)) {
            return;
        } else if ((ours.exitCode() == 0) != clean || told && ours.lines().isEmpty()) {
            differences.add("%s|%d|%d%s|%s|%s"
                    .formatted(
                            change, ours.exitCode(), theirs.exit(), told ? " told" : "", ours.lines(), said(theirs)));
        }
        if (ours.exitCode() != 8) {
            FsckReport repaired = fsck.run(disk, options(CheckMode.YES));
            E2fsprogs.Result after = judge.e2fsck(disk.image());
            FsckReport again = fsck.run(disk, options(CheckMode.READ_ONLY));
            if (after.exit() != 0
                    || after.output().contains("? no")
                    || !again.lines().isEmpty()
                    || repaired.exitCode() > 1) {
                differences.add("%s|AFTER -y %d|%d|%s|%s|%s"
                        .formatted(
                                change,
                                repaired.exitCode(),
                                after.exit(),
                                repaired.lines(),
                                said(after),
                                again.lines()));
            }
        }
    }

    /** The table in the package's documentation gives the reasons. */
    private static boolean isJustified(Change change, FsckReport ours, E2fsprogs.Result theirs) {
        if (ours.exitCode() == 8) {
            return ours.worstLine().contains("features");
        } else if (theirs.exit() != 0 || ours.problems().isEmpty()) {
            return false;
        }
        return switch (ours.problems().getFirst().kind()) {
            case SUPERBLOCK_CORRUPT -> change.where().matches("superblock (compat|ro_compat|0x5c|0x64)");
            case ENTRY_NAME_REPEATED -> ours.problems().size() == 1;
            case SECTOR_COUNT_WRONG -> change.where().equals("slow link 0x4");
            case LINK_COUNT_TOO_LOW -> change.where().equals("directory with index 0x1a") && change.value() == 1;
            default -> false;
        };
    }

    private FsckOptions options(CheckMode mode) {
        return new FsckOptions(mode, true, nowSeconds);
    }

    private static List<String> said(E2fsprogs.Result result) {
        return result.output()
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("Pass ") && !line.startsWith("e2fsck 1."))
                .toList();
    }
}
