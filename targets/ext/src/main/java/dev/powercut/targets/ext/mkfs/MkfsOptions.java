package dev.powercut.targets.ext.mkfs;

import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.journal.JournalChecksum;
import dev.powercut.targets.ext.journal.JournalFormat;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * How to make a volume. Start from {@link #defaults}.
 *
 * @param blockSizeBytes 1024, 2048 or 4096
 * @param inodeSizeBytes a power of two from 128 to 4096, and at most the block size, which {@link Mkfs#format} checks
 * @param inodeCount wanted number of inodes, rounded up to fill whole blocks of the inode tables; 0 to go by bytesPerInode
 * @param bytesPerInode one inode for so many bytes of the volume
 * @param reservedPercent share of blocks that only the super-user may allocate, 0 to 50
 * @param volumeName up to 16 bytes in UTF-8
 * @param uuid identity of the volume
 * @param hashSeed seed of directory hashes
 * @param nowSeconds time of all stamps, seconds since 1970; more than the number of inodes, since fsck takes smaller deletion
 *     times for links of the orphan list
 * @param resizeInode keep blocks for growing the volume, in inode 7
 * @param deviceIsZero the device is known to read as zeroes, so zeroes need not be written
 * @param journalBlocks blocks of the journal, which makes it ext3: from 1024 on; 0 for none; {@link #DEFAULT_JOURNAL}
 * @param journalChecksum what checksums the blocks of the journal have: none, v2 or v3. The checksum of commits is an option of each
 *     mount
 */
public record MkfsOptions(
        int blockSizeBytes,
        int inodeSizeBytes,
        int inodeCount,
        int bytesPerInode,
        int reservedPercent,
        String volumeName,
        UUID uuid,
        UUID hashSeed,
        long nowSeconds,
        boolean resizeInode,
        boolean deviceIsZero,
        int journalBlocks,
        JournalChecksum journalChecksum) {

    /** {@link #journalBlocks}: as many as suit the size of the volume. */
    public static final int DEFAULT_JOURNAL = -1;

    /** 2026-01-01T00:00:00Z: where virtual wall-clock time begins. */
    private static final long EPOCH_SECONDS = 1_767_225_600L;

    public MkfsOptions {
        check(
                blockSizeBytes == 1024 || blockSizeBytes == 2048 || blockSizeBytes == 4096,
                "block size must be 1024, 2048 or 4096 bytes, not " + blockSizeBytes);
        check(
                inodeSizeBytes >= Format.INODE_BASE_BYTES
                        && inodeSizeBytes <= Format.MAX_BLOCK_SIZE_BYTES
                        && Integer.bitCount(inodeSizeBytes) == 1,
                "inode size must be a power of two from 128 to the block size, not " + inodeSizeBytes);
        check(inodeCount >= 0, "number of inodes must not be negative: " + inodeCount);
        check(
                bytesPerInode >= 1024 && bytesPerInode <= 1 << 26,
                "bytes per inode must be from 1024 to 67108864, not " + bytesPerInode);
        check(
                reservedPercent >= 0 && reservedPercent <= 50,
                "reserved share must be from 0 to 50 percent, not " + reservedPercent);
        check(
                volumeName.getBytes(StandardCharsets.UTF_8).length <= Format.VOLUME_NAME_BYTES,
                "volume name must have at most 16 bytes: '" + volumeName + "'");
        check(
                journalBlocks == 0
                        || journalBlocks == DEFAULT_JOURNAL
                        || journalBlocks >= JournalFormat.MIN_JOURNAL_BLOCKS
                                && journalBlocks <= JournalFormat.MAX_JOURNAL_BLOCKS,
                "a journal has from " + JournalFormat.MIN_JOURNAL_BLOCKS + " to " + JournalFormat.MAX_JOURNAL_BLOCKS
                        + " blocks, not " + journalBlocks + " (a block has " + blockSizeBytes + " bytes)");
        check(
                journalChecksum != JournalChecksum.COMMIT,
                "the checksum of commits comes and goes with the mount option journal_checksum");
        check(nowSeconds > 0 && nowSeconds < 1L << 31, "time must be from 1970 to 2038: " + nowSeconds);
    }

    private static void check(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Blocks of 1 KiB, inodes of 128 bytes, one for 4 KiB; 5 % reserved; no name; fixed identity; start of virtual time. */
    public static MkfsOptions defaults() {
        return new MkfsOptions(
                1024,
                128,
                0,
                4096,
                5,
                "",
                new UUID(0x706f776572637574L, 0x8000000000000001L),
                new UUID(0x706f776572637574L, 0x8000000000000002L),
                EPOCH_SECONDS,
                false,
                false,
                0,
                JournalChecksum.NONE);
    }

    public MkfsOptions withBlockSize(int bytes) {
        return new MkfsOptions(
                bytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withInodeSize(int bytes) {
        return new MkfsOptions(
                blockSizeBytes,
                bytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withInodeCount(int count) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                count,
                bytesPerInode,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withBytesPerInode(int bytes) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytes,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withReservedPercent(int percent) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                percent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withVolumeName(String name) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                name,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withIdentity(UUID newUuid, UUID newHashSeed) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                volumeName,
                newUuid,
                newHashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withNow(long seconds) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                seconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withResizeInode(boolean wanted) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                wanted,
                deviceIsZero,
                journalBlocks,
                journalChecksum);
    }

    public MkfsOptions withDeviceIsZero(boolean isZero) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                isZero,
                journalBlocks,
                journalChecksum);
    }

    /** With a journal, which makes it ext3. */
    public MkfsOptions withJournal(int blocks) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                blocks,
                journalChecksum);
    }

    /** With a journal whose blocks have checksums, or not. */
    public MkfsOptions withJournalChecksum(JournalChecksum checksum) {
        return new MkfsOptions(
                blockSizeBytes,
                inodeSizeBytes,
                inodeCount,
                bytesPerInode,
                reservedPercent,
                volumeName,
                uuid,
                hashSeed,
                nowSeconds,
                resizeInode,
                deviceIsZero,
                journalBlocks,
                checksum);
    }
}
