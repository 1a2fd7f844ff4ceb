package dev.powercut.bridge.logwrites;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.explore.StateBounds;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashStateLogTest {

    private static final Cause CAUSE = new Cause(new BlockKind("data"), new Trigger.WriteBack());

    private static WriteLog log() {
        WriteLog log = new WriteLog(DiskImage.blank(16).with(9, sector(99)));
        for (int i = 0; i < 12; i++) {
            if (i % 5 == 4) {
                log.add(new LogEntry.Flush(i, CAUSE));
            } else if (i == 6) {
                log.add(new LogEntry.Discard(i, 8, 3, CAUSE));
            } else {
                Sector[] contents = {sector(i + 1), sector(i + 20)};
                log.add(new LogEntry.Write(i, i * 3 % 14, contents, i == 7, CAUSE));
            }
        }
        return log;
    }

    @Test
    void exportedLogEndsInTheCrashState() {
        List<CrashModel> models =
                List.of(CrashModel.PREFIX.leavingGarbage(), CrashModel.REORDER, CrashModel.TORN.tearingSectors(256));
        for (CrashModel model : models) {
            CrashStates states = CrashStates.of(log(), model, Choices.seeded(1), new StateBounds(300, 100, 1_000));
            for (int image = 0; image < states.imageCount(); image++) {
                for (CutPoint cut : states.cutPoints(image)) {
                    WriteLog exported = CrashStateLog.of(log(), cut.kept());
                    assertEquals(
                            states.image(image),
                            exported.image(new Kept.Prefix(exported.size(), 0)),
                            cut.kept().text());
                }
            }
        }
    }

    @Test
    void exportedLogIsReadBackAsItWasWritten(@TempDir Path folder) throws Exception {
        WriteLog exported = CrashStateLog.of(log(), Kept.parse("flushed 5 keeps 5:1 7 8:0"));
        Path file = folder.resolve("log");
        LogWritesWriter.write(exported, file);

        try (LogWritesReader reader = LogWritesReader.open(file, 16)) {
            WriteLog read = reader.readAll(log().base());
            assertEquals(
                    exported.image(new Kept.Prefix(exported.size(), 0)), read.image(new Kept.Prefix(read.size(), 0)));
        }
    }

    private static Sector sector(int contents) {
        byte[] bytes = new byte[Sector.BYTES];
        bytes[0] = (byte) contents;
        bytes[511] = (byte) contents;
        return Sector.copyOf(bytes, 0);
    }
}
