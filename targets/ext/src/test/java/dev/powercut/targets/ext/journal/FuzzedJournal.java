package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A dirty ext3 image out of the bytes of a fuzzer: the first byte chooses one of four logs, one for each kind of checksum; then patches
 * follow: a place (32 bits) in superblocks, descriptors, the journal's inode, its pointers and its log; a length (8 bits, 1 to 16); bytes.
 */
final class FuzzedJournal {

    private static final DiskImage[] IMAGES = new DiskImage[4];
    private static final int[][] SECTORS = new int[4][];

    static {
        try {
            for (JournalChecksum checksum : JournalChecksum.values()) {
                make(checksum);
            }
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private FuzzedJournal() {}

    private static void make(JournalChecksum checksum) throws Exception {
        LogBuilder log = new LogBuilder(RecoveryCasesTest.empty(), checksum, 1000, -3);
        SplittableRandom random = new SplittableRandom(5);
        LogAgreementTest.grow(log, random, 4);
        byte[] inodes = log.block(log.groups.inodeTable(0));
        log.log(log.groups.inodeTable(0), inodes).log(1, log.block(1)).commit();
        log.log(log.groups.blockBitmap(0), log.block(log.groups.blockBitmap(0))).flush();
        List<Integer> sectors = new ArrayList<>();
        addBlock(sectors, 1);
        addBlock(sectors, 2);
        addBlock(sectors, log.groups.blockOfInode(Format.JOURNAL_INODE));
        addBlock(sectors, log.map.homeOf(0));
        addBlock(sectors, log.map.homeOf(11) + 1); // The block of pointers follows the direct ones.
        for (int at = 1000; at != log.at; at = log.journal.next(at)) {
            addBlock(sectors, log.map.homeOf(at));
        }
        IMAGES[checksum.ordinal()] = log.image();
        SECTORS[checksum.ordinal()] = sectors.stream().mapToInt(i -> i).toArray();
    }

    private static void addBlock(List<Integer> sectors, int block) {
        sectors.add(block * 2);
        sectors.add(block * 2 + 1);
    }

    static DiskImage of(byte[] input) {
        int which = input.length == 0 ? 0 : input[0] & 3;
        DiskImage image = IMAGES[which];
        int[] sectors = SECTORS[which];
        byte[] sector = new byte[Sector.BYTES];
        for (int at = 1; at + 6 <= input.length; ) {
            long place = Math.floorMod(LittleEndian.u32(input, at), (long) sectors.length * Sector.BYTES);
            int number = sectors[(int) (place / Sector.BYTES)];
            int offset = (int) (place % Sector.BYTES);
            int length = Math.min(Math.min((input[at + 4] & 15) + 1, input.length - at - 5), Sector.BYTES - offset);
            image.sector(number).copyTo(sector, 0);
            System.arraycopy(input, at + 5, sector, offset, length);
            image = image.with(number, Sector.copyOf(sector, 0));
            at += 5 + length;
        }
        return image;
    }
}
