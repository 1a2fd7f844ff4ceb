package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.bytes.BigEndian;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.Ext3ImageTool;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What dump tells of a journal is what the real tools tell. */
class JournalDumpTest {

    private static final Pattern HEADER =
            Pattern.compile("Found expected sequence (\\d+), type \\d \\((\\w+) \\w+\\) at block (\\d+)");
    private static final Pattern REVOKED = Pattern.compile("  Revoke FS block (\\d+)");
    private static final Pattern LOGGED =
            Pattern.compile("  FS block (\\d+) logged at journal block (\\d+) \\(flags 0x(\\w+)\\)");
    private static final Pattern NO_MAGIC = Pattern.compile("No magic number at block (\\d+): end of journal.");
    private static final Pattern OTHER = Pattern.compile("Found sequence (\\d+) \\(not (\\d+)\\) at block (\\d+).*");

    /** A line of {@code logdump -a} in our words. */
    private static void translate(String line, List<String> lines) {
        Matcher m = HEADER.matcher(line);
        if (m.matches()) {
            lines.add("block " + m.group(3) + ": " + m.group(2) + ", sequence " + m.group(1));
        } else if ((m = REVOKED.matcher(line)).matches()) {
            lines.add("  block " + m.group(1) + " revoked");
        } else if ((m = LOGGED.matcher(line)).matches()) {
            boolean escaped = (Integer.parseInt(m.group(3), 16) & JournalFormat.FLAG_ESCAPE) != 0;
            lines.add("  block " + m.group(1) + " at journal block " + m.group(2) + (escaped ? ", escaped" : ""));
        } else if ((m = NO_MAGIC.matcher(line)).matches()) {
            lines.add("block " + m.group(1) + ": no magic number, the log ends");
        } else if ((m = OTHER.matcher(line)).matches()) {
            lines.add("block " + m.group(3) + ": sequence " + m.group(1) + " instead of " + m.group(2)
                    + ", the log ends");
        }
    }

    @Test
    void logIsListedAsDebugfsListsIt() throws Exception {
        for (int seed = 1; seed <= 8; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            JournalChecksum checksum = JournalChecksum.values()[seed % 4];
            LogBuilder log = new LogBuilder(RecoveryCasesTest.empty(), checksum, 1 + random.nextInt(1023), 1000);
            log.sequence = 900;
            LogAgreementTest.grow(log, random, 4);
            log.sequence = 1000;
            log.at = log.start();
            LogAgreementTest.grow(log, random, 1 + random.nextInt(6));
            List<String> theirs = new ArrayList<>();
            String listing = E2fsprogs.debugfs(log.image(), "logdump -a\n");
            listing.lines().forEach(line -> translate(line, theirs));
            List<String> ours = new Ext3ImageTool()
                    .dump(log.disk, List.of("log")).stream()
                            .map(line -> line.replaceAll(", 20\\d\\d-.*Z$", ""))
                            .toList();
            assertEquals(theirs, ours, listing);
            assertTrue(ours.size() > 3, listing);
        }
    }

    @Test
    void superblockIsToldAsDumpe2fsTellsIt() throws Exception {
        LogBuilder log = new LogBuilder(RecoveryCasesTest.empty(), JournalChecksum.V3, 17, 0x1234);
        List<String> ours = new Ext3ImageTool().dump(log.disk, List.of("journal"));
        String theirs = E2fsprogs.dumpe2fs(log.image());
        assertTrue(theirs.contains("Journal sequence:         0x00001234"), theirs);
        assertTrue(theirs.contains("Journal start:            17"), theirs);
        assertTrue(theirs.contains("Journal checksum type:    crc32c"), theirs);
        assertTrue(ours.contains("sequence                4660 (0x1234)"), ours::toString);
        assertTrue(ours.contains("start                   17"), ours::toString);
        assertTrue(ours.contains("checksums               v3"), ours::toString);
        assertTrue(ours.contains("blocks                  1024"), ours::toString);
    }

    @Test
    void aJournalOnAnotherDeviceIsToldToBeThere() throws Exception {
        LogBuilder log = new LogBuilder(RecoveryCasesTest.empty(), JournalChecksum.NONE, 1, 5);
        byte[] superblock = new byte[Format.SUPERBLOCK_BYTES];
        log.disk.read(Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, superblock.length / Sector.BYTES, superblock, 0);
        Cause cause = new Cause(BlockRole.SUPERBLOCK.kind(), new Trigger.Recorded());
        LittleEndian.put32(superblock, Format.S_JOURNAL_INUM, 0);
        LittleEndian.put32(superblock, Format.S_JOURNAL_DEV, 0x701);
        log.disk.write(
                Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, superblock.length / Sector.BYTES, superblock, 0, cause);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new Ext3ImageTool().dump(log.disk, List.of("journal")));
        assertEquals("the journal cannot be read: the journal is on another device", refused.getMessage());
    }

    @Test
    void blocksOfTheJournalAreToldForWhatTheyAre() throws Exception {
        LogBuilder log = new LogBuilder(RecoveryCasesTest.empty(), JournalChecksum.NONE, 1, 5);
        byte[] magic = log.contents(5000, 1);
        BigEndian.put32(magic, 0, JournalFormat.MAGIC);
        log.revoke(4321).log(5000, magic).commit();
        String[] words = {"superblock", "revoke, sequence 5", "descriptor, sequence 5", "data", "commit, sequence 5"};
        for (int i = 0; i < words.length; i++) {
            List<String> lines =
                    new Ext3ImageTool().dump(log.disk, List.of("block", Integer.toString(log.map.homeOf(i))));
            assertTrue(lines.contains("block " + i + " of the journal: " + words[i]), lines::toString);
        }
    }
}
