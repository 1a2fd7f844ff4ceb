package dev.powercut.targets.ext.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** debugfs computes the same hashes. */
class DirectoryHashTest {

    private static final String SEED = "01234567-89ab-cdef-fedc-ba9876543210";

    private static final List<String> NAMES = List.of(
            "a", "lost+found", "exactly sixteen.", "x".repeat(31), "y".repeat(32), "z".repeat(33), "n".repeat(255));

    @ParameterizedTest
    @CsvSource({"legacy, 0, 2", "half_md4, 1, 2", "tea, 2, 2", "legacy, 0, 1", "half_md4, 1, 1", "tea, 2, 1"})
    void hashesAreThoseOfDebugfs(String function, int version, int flags) {
        byte[] superblock = new byte[Format.SUPERBLOCK_BYTES];
        byte[] seed = new byte[16];
        for (int i = 0; i < 16; i++) {
            seed[i] = (byte) Integer.parseInt(SEED.replace("-", "").substring(2 * i, 2 * i + 2), 16);
        }
        System.arraycopy(seed, 0, superblock, Format.S_HASH_SEED, 16);
        Superblock.setFlags(superblock, 0, flags);
        DirectoryHash hash = new DirectoryHash(version, superblock, 0);
        for (String name : NAMES) {
            String command = "dx_hash -h " + function + " -s " + SEED + " \"" + name + "\"\n";
            String said = E2fsprogs.debugfs(DiskImage.blank(64), command);
            String words = "is 0x"
                    + Integer.toHexString(
                            hash.of(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, name.length()));
            assertEquals(true, said.contains(words), () -> said + " " + words);
        }
    }
}
