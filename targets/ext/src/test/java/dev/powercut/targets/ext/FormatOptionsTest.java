package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mkfs can be asked for, and what it says to what it cannot. */
class FormatOptionsTest {

    private static FormatRequest request(String options) {
        return new FormatRequest(16 << 20, 1024, options);
    }

    private static String refusal(String options, boolean ext3) {
        FormatRequest request = request(options);
        return Objects.requireNonNull(assertThrows(IllegalArgumentException.class, () -> {
                    MkfsOptions parsed = ext3 ? FormatOptions.parseExt3(request) : FormatOptions.parse(request);
                    throw new AssertionError("taken: " + parsed);
                })
                .getMessage());
    }

    @Test
    void unknownKeysAreAnsweredWithThoseOfTheSameType() {
        assertTrue(refusal("colour=red", true).startsWith("ext3 has no format option 'colour'"));
        assertTrue(refusal("colour=red", true).endsWith("journal-size, journal-checksum"));
        assertTrue(refusal("colour=red", false).startsWith("ext2 has no format option 'colour'"));
        assertTrue(refusal("journal-size=1048576", false).contains("which is one of ext3"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'without journal-size it is as large as suits the volume, and ext2 has none'",
        "1, 'cannot have 1 bytes: it has from 1024 blocks (here 1M)'",
        "1048575, 'cannot have 1048575 bytes'",
        "99999999999999999, 'to 10240000 (10000M)'",
        "-5, 'takes a whole number of bytes'",
        "'', 'takes a whole number of bytes'",
        "1M, 'takes a whole number of bytes'"
    })
    void sizesThatNoJournalHasAreAnsweredWithThoseThatItMayHave(String size, String answer) {
        String said = refusal("journal-size=" + size, true);
        assertTrue(said.contains(answer), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journal-checksum=v4",
                "journal-checksum=",
                "inode-size=100",
                "inode-size=x",
                "inodes=-3",
                "reserved=99",
                "label=longer than sixteen",
                "resize-inode=perhaps",
                "block-size=3000",
                "bytes-per-inode=3",
                "label"
            })
    void badValuesAreRefused(String options) {
        assertTrue(refusal(options, true).length() > 20);
    }

    @Test
    void checksumOfCommitsIsSaidToBeAnOptionOfTheMount() {
        assertTrue(refusal("journal-checksum=commit", true).contains("journal_checksum"));
    }

    @Test
    void sizeOfTheJournalIsInBytesWhateverTheOrderOfOptions() {
        assertEquals(
                1024,
                FormatOptions.parseExt3(request("journal-size=4194304,block-size=4096"))
                        .journalBlocks());
    }

    @ParameterizedTest
    @CsvSource({
        "v2, 1024, journal_checksum_v2",
        "v2, 4096, journal_checksum_v2",
        "v3, 1024, journal_checksum_v3",
        "v3, 4096, journal_checksum_v3"
    })
    void checksummedJournalsAreTrueOnes(String checksum, int blockSize, String feature) {
        DiskImage image =
                new Ext3Target().format(new FormatRequest(16 << 20, blockSize, "journal-checksum=" + checksum));
        E2fsprogs.assertClean(image);
        String listing = E2fsprogs.dumpe2fs(image);
        assertTrue(listing.contains(feature), listing);
        assertTrue(listing.contains("Journal checksum type:    crc32c"), listing);
        assertTrue(E2fsprogs.debugfs(image, "logdump -a\n").contains("Journal starts at block 0, transaction 1"));
        assertEquals(
                List.of(),
                E2fsprogs.dumpe2fs(new Ext3Target().format(new FormatRequest(16 << 20, blockSize, "")))
                        .lines()
                        .filter(line -> line.contains("checksum"))
                        .toList());
    }
}
