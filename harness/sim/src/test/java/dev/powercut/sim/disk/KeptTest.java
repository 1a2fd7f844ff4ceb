package dev.powercut.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.disk.Kept.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptTest {

    private static final Cause CAUSE = new Cause(new BlockKind("data"), new Trigger.WriteBack());

    private final WriteLog log = new WriteLog(DiskImage.blank(8));

    KeptTest() {
        write(0, 1, 2, 3);
        log.add(new LogEntry.Flush(log.size(), CAUSE));
        write(1, 4, 5);
        write(2, 6);
        log.add(new LogEntry.Discard(log.size(), 0, 2, CAUSE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prefix 0",
                "prefix 2+1",
                "flushed 2",
                "flushed 2 keeps 2:1 3",
                "flushed 2 keeps 2:0-1 4:1",
                "flushed 0 keeps 0:0=garbage 0:1=128 4"
            })
    void textIsReadBackAsWritten(String text) {
        assertEquals(text, Kept.parse(text).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "all",
                "prefix",
                "prefix -1",
                "prefix 1+x",
                "flushed 2 keeps 1",
                "flushed 2 keeps 3 2",
                "flushed 2 loses 3",
                "flushed 2 keeps 3:2-1",
                "flushed 2 keeps 3=513",
                "flushed 99999999999"
            })
    void whatIsNoCrashStateIsRefusedWithItsText(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Kept.parse(text));

        assertTrue(String.valueOf(e.getMessage()).contains("'" + text + "'"), e.getMessage());
    }

    @Test
    void imageHoldsJustWhatWasKept() {
        DiskImage image = log.image(Kept.parse("flushed 2 keeps 2:1 4:0"));

        assertEquals(List.of(0, 2, 5), List.of(byteOf(image, 0), byteOf(image, 1), byteOf(image, 2)));
        assertEquals(log.image(Kept.parse("prefix 3")), log.image(Kept.parse("flushed 2 keeps 2")));
        assertEquals(log.image(Kept.parse("prefix 2+1")), log.image(Kept.parse("flushed 2 keeps 2:0")));
    }

    @Test
    void damagedSectorIsNeitherOldNorNew() {
        DiskImage half = log.image(Kept.parse("flushed 2 keeps 3=256"));
        DiskImage garbage = log.image(Kept.parse("flushed 2 keeps 3=garbage"));

        assertEquals(6, half.sector(2).at(255));
        assertEquals(3, half.sector(2).at(256));
        assertTrue(!garbage.sector(2).equals(half.sector(2)));
        assertEquals(garbage, log.image(Kept.parse("flushed 2 keeps 3:0=garbage")));
    }

    @Test
    void entriesAndSectorsThatTheLogDoesNotHaveAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> log.image(Kept.parse("prefix 6")));
        assertThrows(IllegalArgumentException.class, () -> log.image(Kept.parse("prefix 1+1")));
        assertThrows(IllegalArgumentException.class, () -> log.image(Kept.parse("flushed 2 keeps 2:1-2")));
        assertThrows(IllegalArgumentException.class, () -> log.image(Kept.parse("flushed 2 keeps 5")));
    }

    @Test
    void keptSectorsAreCountedByEntry() {
        Kept kept = new Kept.Selection(2, List.of(new Part(2, 1, 2, Sector.BYTES), Part.whole(4)));

        assertEquals(3, kept.keptSectors(0, log.get(0)));
        assertEquals(1, kept.keptSectors(2, log.get(2)));
        assertEquals(0, kept.keptSectors(3, log.get(3)));
        assertEquals(2, kept.keptSectors(4, log.get(4)));
        assertEquals(5, kept.end());
    }

    private static int byteOf(DiskImage image, long sector) {
        return image.sector(sector).at(0);
    }

    private void write(long sector, int... contents) {
        Sector[] sectors = new Sector[contents.length];
        for (int i = 0; i < contents.length; i++) {
            byte[] bytes = new byte[Sector.BYTES];
            java.util.Arrays.fill(bytes, (byte) contents[i]);
            sectors[i] = Sector.copyOf(bytes, 0);
        }
        log.add(new LogEntry.Write(log.size(), sector, sectors, false, CAUSE));
    }
}
