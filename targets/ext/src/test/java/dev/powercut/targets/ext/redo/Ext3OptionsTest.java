package dev.powercut.targets.ext.redo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.MountException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that contradict each other, or mean nothing. */
final class Ext3OptionsTest {

    @ParameterizedTest
    @CsvSource({
        "'data=writeback,data=journal', 'data=journal'",
        "'data=journal,data=ordered', ''",
        "'barrier=0,barrier', ''",
        "'barrier,nobarrier', 'nobarrier'",
        "'fua,nofua', 'nofua'",
        "'nofua,fua', ''",
        "'commit=7,commit=9', 'commit=9'",
        "'commit=0', ''",
        "'commit=30,commit=0', 'commit=5'",
        "'data_err=abort,data_err=ignore', ''",
        "'data=ordered,journal_async_commit,data=journal', 'data=journal,journal_async_commit,journal_checksum'",
        "',,', ''"
    })
    void ofSeveralOfAKindTheLastCounts(String options, String same) {
        assertEquals(Ext3Options.parse(same), Ext3Options.parse(options));
    }

    @ParameterizedTest
    @CsvSource({
        "'data=journal,journal_async_commit,data=ordered', 'does not go with data=ordered'",
        "'journal_async_commit', 'does not go with data=ordered'",
        "'commit=', 'whole number of seconds'",
        "'commit=-1', 'whole number of seconds'",
        "'commit=1000000', 'up to 999999'",
        "'commit=five', '0 is the usual 5'",
        "'commit', 'no mount option ''commit'''",
        "'data=', 'no mount option ''data='''",
        "'data=fast,data=journal', 'it has data=journal|ordered|writeback'",
        "'barrier=2', 'no mount option ''barrier=2'''",
        "'nofua=1', 'no mount option ''nofua=1'''"
    })
    void whatMeansNothingIsRefusedByName(String options, String said) {
        MountException e = assertThrows(MountException.class, () -> Ext3Options.parse(options));
        assertEquals(Errno.EINVAL, e.errno());
        assertTrue(String.valueOf(e.getMessage()).contains(said), e::getMessage);
    }
}
