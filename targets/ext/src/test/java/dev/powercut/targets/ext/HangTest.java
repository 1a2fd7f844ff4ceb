package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.Failures;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.oracle.Failure;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.workload.Mismatch;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.fs.CarefulOrdering;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fs.Sites;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A filesystem that goes round in circles in its own caches, asking its device for nothing, is stopped, always at the same step. */
final class HangTest {

    private static final FormatRequest SMALL = new FormatRequest(1 << 20, 1024, "");

    /** Never finds the end of what it looks for when an entry is made. */
    private static final class Circling extends CarefulOrdering {

        Circling(MetadataCache cache, BlockWriter writer) {
            super(cache, writer);
        }

        @Override
        public void changed(Buffer buffer, int offsetBytes, int length, Site site) {
            super.changed(buffer, offsetBytes, length, site);
            long seen = 0;
            while (site.equals(Sites.DOT_DOT) && seen >= 0) {
                seen += cache().read(1, new BlockKind("superblock")).data().length;
            }
        }
    }

    private static Recording record(FileSystemTarget target) {
        Recorder recorder = new Recorder(target, null, SMALL, "", KernelOptions.DEFAULT);
        String script = "mkdir /a 0755\nmkdir /b 0755\nrename /a /b/c\nsync";
        return recorder.record(ScriptWorkload.parse("hang", script), Choices.zero());
    }

    @Test
    void loopWithoutAnyRequestIsStoppedAndTold() {
        Recording first = record(new CirclingTarget());
        Recording second = record(new CirclingTarget());

        assertNotNull(first.history());
        Mismatch mismatch = first.history().mismatch();
        assertNotNull(mismatch);
        assertNotNull(mismatch.exception());
        Failure failure = Failures.of(mismatch.exception());
        assertEquals(Failure.HANG, failure.kind());
        assertTrue(failure.stack().stream().anyMatch(line -> line.contains("Circling.changed")), failure.toString());
        assertEquals(first.traceHash(), second.traceHash());
    }

    /** ext2 with that discipline. */
    private static final class CirclingTarget implements FileSystemTarget {
        private final Ext2Target correct = new Ext2Target();

        @Override
        public String name() {
            return "circling";
        }

        @Override
        public String summary() {
            return "ext2 that goes round in circles";
        }

        @Override
        public List<PlantedDefect> defects() {
            return List.of();
        }

        @Override
        public FormatRequest defaultFormat() {
            return SMALL;
        }

        @Override
        public DiskImage format(FormatRequest request) {
            return correct.format(request);
        }

        @Override
        public FileSystemType fileSystem(@Nullable String defect) {
            return new Ext2Type(Circling::new);
        }

        @Override
        public Checker newChecker() {
            return correct.newChecker();
        }

        @Override
        public Guarantees guarantees(String mountOptions) {
            return correct.guarantees(mountOptions);
        }

        @Override
        public @Nullable String externalJudge() {
            return null;
        }

        @Override
        public BlockKind kindOf(DiskImage image, long sector) {
            return correct.kindOf(image, sector);
        }

        @Override
        public List<String> decode(DiskImage image, long sector) {
            return correct.decode(image, sector);
        }
    }
}
