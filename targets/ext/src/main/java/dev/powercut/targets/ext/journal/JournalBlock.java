package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.BigEndian;

/** The header that every block of the log has, except data; and the escape of data that would look like it. */
public final class JournalBlock {

    private JournalBlock() {}

    public static void putHeader(byte[] b, int at, int type, int sequence) {
        BigEndian.put32(b, at + JournalFormat.H_MAGIC, JournalFormat.MAGIC);
        BigEndian.put32(b, at + JournalFormat.H_BLOCKTYPE, type);
        BigEndian.put32(b, at + JournalFormat.H_SEQUENCE, sequence);
    }

    /** Whether these bytes begin with the magic: a block of the journal, or data to be escaped. */
    public static boolean hasMagic(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.H_MAGIC) == JournalFormat.MAGIC;
    }

    public static int type(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.H_BLOCKTYPE);
    }

    public static int sequence(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.H_SEQUENCE);
    }

    /** Takes the magic out of a copy of data that goes to the log; its tag must say so. */
    public static void escape(byte[] b, int at) {
        BigEndian.put32(b, at, 0);
    }

    /** Puts the magic back into data from the log. */
    public static void unescape(byte[] b, int at) {
        BigEndian.put32(b, at, JournalFormat.MAGIC);
    }
}
