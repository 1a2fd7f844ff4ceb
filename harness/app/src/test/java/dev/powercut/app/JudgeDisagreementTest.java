package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.judge.ExternalJudge;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever trusts a filesystem's own checker is told when the independent one sees what that one does not. */
final class JudgeDisagreementTest {

    @Test
    void blindCheckerIsFoundOutByTheExternalJudge() {
        FileSystemTarget ext2 = Installed.fileSystem("ext2");
        boolean installed = ExternalJudge.find(String.valueOf(ext2.externalJudge())) != null;
        assertTrue(installed || !"true".equals(System.getenv("CI")), "e2fsck is needed");
        assumeTrue(installed, "e2fsck is not installed");
        RunConfiguration configuration =
                RunConfiguration.of("ext2", 1).withOperations(30).withJudge(Judging.ALL);

        List<FindingReport> disagreements = new Run(configuration, new BlindlyChecked(ext2), Installed.oracles())
                .execute(RunMonitor.NONE).findings().stream()
                        .filter(finding -> finding.oracle().equals("external-judge"))
                        .toList();

        assertTrue(!disagreements.isEmpty(), "e2fsck has nothing against what was never recovered");
        FindingReport first = disagreements.getFirst();
        assertEquals("e2fsck-disagrees", first.kind());
        assertTrue(first.sentence().contains("e2fsck -fn still finds"), first.sentence());
        assertTrue(!first.recoveryLines().isEmpty(), "the judge's own words are missing");
    }

    /** A filesystem whose checker finds everything clean and mends nothing. */
    private record BlindlyChecked(FileSystemTarget sound) implements FileSystemTarget {

        @Override
        public Checker newChecker() {
            return new Blind();
        }

        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public String summary() {
            return sound.summary();
        }

        @Override
        public List<PlantedDefect> defects() {
            return sound.defects();
        }

        @Override
        public FormatRequest defaultFormat() {
            return sound.defaultFormat();
        }

        @Override
        public DiskImage format(FormatRequest request) {
            return sound.format(request);
        }

        @Override
        public FileSystemType fileSystem(@Nullable String defect) {
            return sound.fileSystem(defect);
        }

        @Override
        public Guarantees guarantees(String mountOptions) {
            return sound.guarantees(mountOptions);
        }

        @Override
        public @Nullable String externalJudge() {
            return sound.externalJudge();
        }

        @Override
        public BlockKind kindOf(DiskImage image, long sector) {
            return sound.kindOf(image, sector);
        }

        @Override
        public List<String> decode(DiskImage image, long sector) {
            return sound.decode(image, sector);
        }
    }

    private static final class Blind implements Checker {

        @Override
        public CheckResult check(BlockDevice device) {
            return new AllClean();
        }

        @Override
        public CheckResult recover(BlockDevice device) {
            return new AllClean();
        }

        @Override
        public CheckResult repair(BlockDevice device) {
            return new AllClean();
        }
    }

    private record AllClean() implements CheckResult {

        @Override
        public Severity severity() {
            return Severity.CLEAN;
        }

        @Override
        public boolean recovered() {
            return true;
        }

        @Override
        public List<String> lines() {
            return List.of();
        }

        @Override
        public String worstLine() {
            return "";
        }

        @Override
        public String kind() {
            return "";
        }
    }
}
