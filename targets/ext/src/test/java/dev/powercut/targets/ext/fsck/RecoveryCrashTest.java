package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Wounds.Wound;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Power fails during recovery: what is left is benign, and the next recovery ends clean. */
class RecoveryCrashTest {

    private record SectorWrite(long number, Sector contents) {}

    private final Fsck fsck = new Fsck();

    static List<Wound> benign() {
        return Wounds.benign();
    }

    static List<Wound> damage() {
        return Wounds.damage();
    }

    private WriteLog recovered(DiskImage image, boolean preen) {
        WriteLog log = new WriteLog(image);
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.seeded(1)), log);
        FsckReport report = preen ? fsck.recover(disk) : fsck.repair(disk);
        assertTrue(report.recovered(), report.lines()::toString);
        return log;
    }

    private static List<SectorWrite> sectors(LogEntry entry) {
        List<SectorWrite> writes = new ArrayList<>();
        if (entry instanceof LogEntry.Write write) {
            for (int i = 0; i < write.contents().length; i++) {
                writes.add(new SectorWrite(write.sector() + i, write.contents()[i]));
            }
        }
        return writes;
    }

    private void assertRecoverable(DiskImage image, String when) {
        FsckReport check = fsck.check(Surgery.disk(image));
        assertNotEquals(Severity.DAMAGE, check.severity(), () -> when + ": " + check.lines());
        SimulatedDisk disk = Surgery.disk(image);
        assertTrue(fsck.recover(disk).recovered(), when);
        assertEquals(List.of(), fsck.check(disk).lines(), when);
    }

    @ParameterizedTest
    @MethodSource("benign")
    void everyPrefixOfTheWritesIsBenign(Wound wound) {
        WriteLog log = recovered(wound.patient().image(), true);
        DiskImage image = log.base();
        int position = 0;
        for (LogEntry entry : log.entries()) {
            List<SectorWrite> sectors = sectors(entry);
            // A long recovery is sampled; its stages repeat.
            boolean looked = log.size() < 400 || position % 61 == 0;
            for (SectorWrite write : sectors) {
                image = image.with(write.number, write.contents);
                if (looked) {
                    assertRecoverable(image, "after " + position + " of " + log.size());
                }
            }
            position++;
        }
    }

    @ParameterizedTest
    @MethodSource("benign")
    void anyOrderOfTheWritesBetweenTwoFlushesIsBenign(Wound wound) {
        Random random = new Random(7);
        WriteLog log = recovered(wound.patient().image(), true);
        DiskImage durable = log.base();
        List<SectorWrite> epoch = new ArrayList<>();
        int epochs = 0;
        for (LogEntry entry : log.entries()) {
            epoch.addAll(sectors(entry));
            if (!(entry instanceof LogEntry.Flush)) {
                continue;
            }
            for (int i = 0; i < 8 && (log.size() < 400 || epochs % 31 == 0); i++) {
                DiskImage image = durable;
                for (SectorWrite write : epoch) {
                    if (random.nextBoolean()) {
                        image = image.with(write.number, write.contents);
                    }
                }
                assertRecoverable(image, "in epoch " + epochs);
            }
            for (SectorWrite write : epoch) {
                durable = durable.with(write.number, write.contents);
            }
            epoch.clear();
            epochs++;
        }
        assertTrue(epoch.isEmpty(), "recovery ends with a flush");
    }

    /** The flag that spares the next mount a recovery is there only when all else is. */
    @ParameterizedTest
    @MethodSource("benign")
    void cleanFlagIsWrittenAfterAllElse(Wound wound) {
        Surgery patient = wound.patient();
        Superblock.setState(patient.b, Surgery.SUPERBLOCK, Format.STATE_VALID);
        WriteLog log = recovered(patient.image(), true);
        DiskImage image = log.base();
        boolean flushed = true;
        for (LogEntry entry : log.entries()) {
            boolean wasClean = isClean(image);
            image = WriteLog.apply(image, entry);
            if (!wasClean && isClean(image)) {
                assertTrue(flushed, "no flush before the clean flag");
                assertEquals(List.of(), fsck.check(Surgery.disk(image)).lines());
            }
            flushed = entry instanceof LogEntry.Flush;
        }
        assertTrue(isClean(image) && flushed);
        assertEquals(0, stateAfter(log, 1), "first of all the flag goes");
    }

    private static boolean isClean(DiskImage image) {
        return state(image) == Format.STATE_VALID;
    }

    private static int state(DiskImage image) {
        byte[] superblock = new byte[1024];
        image.read(2, 2, superblock, 0);
        return Superblock.state(superblock, 0);
    }

    private static int stateAfter(WriteLog log, int entries) {
        DiskImage image = log.base();
        for (int i = 0; i < entries; i++) {
            image = WriteLog.apply(image, log.get(i));
        }
        return state(image);
    }

    @ParameterizedTest
    @MethodSource("damage")
    void repairOfDamageCanBeCutAnywhereAndRunAgain(Wound wound) {
        WriteLog log = recovered(wound.patient().image(), false);
        DiskImage image = log.base();
        for (LogEntry entry : log.entries()) {
            for (SectorWrite write : sectors(entry)) {
                image = image.with(write.number, write.contents);
                SimulatedDisk disk = Surgery.disk(image);
                assertTrue(fsck.repair(disk).recovered());
                assertEquals(List.of(), fsck.check(disk).lines());
            }
        }
    }
}
