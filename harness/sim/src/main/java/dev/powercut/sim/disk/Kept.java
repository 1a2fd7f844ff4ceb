package dev.powercut.sim.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a log reached the medium before the power failed: the general description of a crash state. Entries are counted
 * from 0, in a whole log or among the pending entries of a disk, as the one that gives it says. Together with the log it makes the
 * image again ({@link WriteLog#image}).
 *
 * <p>The {@link #text} is stable over releases:
 *
 * <pre>
 *   prefix 12             entries 0 to 11
 *   prefix 12+3           these, and the first 3 sectors of entry 12
 *   flushed 40            entries 0 to 39; nothing of what follows
 *   flushed 40 keeps 41 43:0-2 44:1=garbage 46:0=128
 *                         entries 0 to 39, all of 41, sectors 0 to 2 of 43, rubbish in place of sector 1 of 44, and the first 128
 *                         bytes of sector 0 of 46
 * </pre>
 */
public sealed interface Kept {

    /** So many entries from the first on had their whole effect; more may have had it too. */
    int wholeEntries();

    /** One more than the number of the last entry of which anything was kept. */
    int end();

    /** How many sectors of an entry are in the state, damaged ones included; 0 for a flush or mark. */
    long keptSectors(int number, LogEntry entry);

    /** Whether a sector of an entry is in the state, but neither with what was there before nor with what was written. */
    boolean isDamaged(int number);

    /** This and one entry whole besides. Of a front it is a longer one, with all that stands before the entry. */
    default Kept withWhole(int entry, WriteLog log) {
        return withWhole(entry, entry + 1, log);
    }

    /** This and whole entries besides. Of a front it is a longer one, with all that stands before them. */
    Kept withWhole(int from, int to, WriteLog log);

    /** The stable text form, which {@link #parse} reads. */
    String text();

    /** The first {@code wholeEntries} entries, and the first {@code sectorsOfNext} sectors of the one after them. */
    record Prefix(int wholeEntries, int sectorsOfNext) implements Kept {

        public Prefix {
            if (wholeEntries < 0 || sectorsOfNext < 0) {
                throw new IllegalArgumentException("a prefix of " + wholeEntries + "+" + sectorsOfNext);
            }
        }

        @Override
        public int end() {
            return sectorsOfNext > 0 ? wholeEntries + 1 : wholeEntries;
        }

        @Override
        public long keptSectors(int number, LogEntry entry) {
            long all = WriteLog.sectorCount(entry);
            return number < wholeEntries ? all : number == wholeEntries ? Math.min(all, sectorsOfNext) : 0;
        }

        @Override
        public boolean isDamaged(int number) {
            return false;
        }

        @Override
        public Kept withWhole(int from, int to, WriteLog log) {
            return to > wholeEntries ? new Prefix(to, 0) : this;
        }

        @Override
        public String text() {
            return "prefix " + wholeEntries + (sectorsOfNext == 0 ? "" : "+" + sectorsOfNext);
        }
    }

    /**
     * The first {@code wholeEntries} entries, and some of what was written after them.
     *
     * @param parts in the order of the log; where parts of several entries wrote one sector, the last one counts
     */
    record Selection(int wholeEntries, List<Part> parts) implements Kept {

        public Selection {
            parts = List.copyOf(parts);
            int last = wholeEntries - 1;
            for (Part part : parts) {
                if (part.entry < Math.max(last, wholeEntries)) {
                    throw new IllegalArgumentException("entry " + part.entry + " is out of order");
                }
                last = part.entry;
            }
        }

        @Override
        public int end() {
            return parts.isEmpty() ? wholeEntries : parts.getLast().entry + 1;
        }

        @Override
        public long keptSectors(int number, LogEntry entry) {
            long all = WriteLog.sectorCount(entry);
            if (number < wholeEntries) {
                return all;
            }
            long kept = 0;
            for (Part part : parts) {
                if (part.entry == number) {
                    kept += part.isWhole() ? all : part.endSector - part.firstSector;
                }
            }
            return Math.min(all, kept);
        }

        @Override
        public boolean isDamaged(int number) {
            for (Part part : parts) {
                if (part.entry == number && part.isDamaged()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Kept withWhole(int from, int to, WriteLog log) {
            List<Part> more = new ArrayList<>();
            for (Part part : parts) {
                if (part.entry < from) {
                    more.add(part);
                }
            }
            for (int entry = Math.max(from, wholeEntries); entry < to; entry++) {
                if (WriteLog.sectorCount(log.get(entry)) > 0) {
                    more.add(Part.whole(entry));
                }
            }
            for (Part part : parts) {
                if (part.entry >= to) {
                    more.add(part);
                }
            }
            return new Selection(wholeEntries, more);
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder("flushed ").append(wholeEntries);
            for (int i = 0; i < parts.size(); i++) {
                text.append(i == 0 ? " keeps " : " ").append(parts.get(i).text());
            }
            return text.toString();
        }
    }

    /**
     * Sectors of one entry that reached the medium.
     *
     * @param entry its number
     * @param firstSector the first of them, counted from the entry's own first
     * @param endSector one after the last of them; {@link #WHOLE} for all that the entry has
     * @param newBytes how much of each is new: {@link Sector#BYTES} for all of it, less for so many bytes from its front, the rest
     *     being what was there before, and {@link #GARBAGE} when it is neither
     */
    record Part(int entry, int firstSector, int endSector, int newBytes) {

        /** The end of all sectors of an entry. */
        public static final int WHOLE = Integer.MAX_VALUE;

        /** The sector was being written when the power failed, and holds neither the old nor the new contents. */
        public static final int GARBAGE = 0;

        public Part {
            if (entry < 0 || firstSector < 0 || endSector <= firstSector) {
                throw new IllegalArgumentException(
                        "sectors " + firstSector + " to " + endSector + " of entry " + entry);
            }
            if (newBytes < GARBAGE || newBytes > Sector.BYTES) {
                throw new IllegalArgumentException(newBytes + " bytes of a sector");
            }
        }

        /** All of an entry. */
        public static Part whole(int entry) {
            return new Part(entry, 0, WHOLE, Sector.BYTES);
        }

        public boolean isWhole() {
            return firstSector == 0 && endSector == WHOLE;
        }

        public boolean isDamaged() {
            return newBytes != Sector.BYTES;
        }

        private String text() {
            StringBuilder text = new StringBuilder().append(entry);
            if (!isWhole()) {
                text.append(':').append(firstSector);
                if (endSector > firstSector + 1) {
                    text.append('-').append(endSector - 1);
                }
            }
            if (isDamaged()) {
                text.append('=').append(newBytes == GARBAGE ? "garbage" : newBytes);
            }
            return text.toString();
        }

        private static Part parse(String word) {
            int equals = word.indexOf('=');
            String what = equals < 0 ? word : word.substring(0, equals);
            String damage = equals < 0 ? "" : word.substring(equals + 1);
            int newBytes = equals < 0 ? Sector.BYTES : damage.equals("garbage") ? GARBAGE : number(damage);
            int colon = what.indexOf(':');
            if (colon < 0) {
                return new Part(number(what), 0, WHOLE, newBytes);
            }
            String sectors = what.substring(colon + 1);
            int dash = sectors.indexOf('-');
            int first = number(dash < 0 ? sectors : sectors.substring(0, dash));
            int last = dash < 0 ? first : number(sectors.substring(dash + 1));
            return new Part(number(what.substring(0, colon)), first, last + 1, newBytes);
        }

        private static int number(String digits) {
            return Integer.parseUnsignedInt(digits);
        }
    }

    /** The first entries and sectors as in {@link Prefix}, and the sector after them damaged as in {@link Part}. */
    static Kept frontWithDamage(int wholeEntries, int sectorsOfNext, int newBytes) {
        List<Part> parts = new ArrayList<>();
        if (sectorsOfNext > 0) {
            parts.add(new Part(wholeEntries, 0, sectorsOfNext, Sector.BYTES));
        }
        parts.add(new Part(wholeEntries, sectorsOfNext, sectorsOfNext + 1, newBytes));
        return new Selection(wholeEntries, parts);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when it is none; the message says what it should look like
     */
    static Kept parse(String text) {
        String[] words = text.strip().split(" +", -1);
        try {
            if (words.length == 2 && words[0].equals("prefix")) {
                int plus = words[1].indexOf('+');
                String whole = plus < 0 ? words[1] : words[1].substring(0, plus);
                int sectors = plus < 0 ? 0 : Part.number(words[1].substring(plus + 1));
                return new Prefix(Part.number(whole), sectors);
            }
            if (words.length >= 2 && words[0].equals("flushed") && (words.length == 2 || words[2].equals("keeps"))) {
                List<Part> parts = new ArrayList<>();
                for (int i = 3; i < words.length; i++) {
                    parts.add(Part.parse(words[i]));
                }
                return new Selection(Part.number(words[1]), parts);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no crash state: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "'" + text
                        + "' is no crash state; write 'prefix ENTRIES', 'prefix ENTRIES+SECTORS' or 'flushed ENTRIES keeps ENTRY:FIRST-LAST …'");
    }
}
