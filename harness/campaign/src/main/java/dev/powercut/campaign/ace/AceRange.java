package dev.powercut.campaign.ace;

import dev.powercut.campaign.UsageException;
import dev.powercut.check.ace.AceSpace;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which workloads of an enumeration to run.
 *
 * @param length core operations of each
 * @param shard such as {@code 3/16}; empty for all
 * @param from the first index
 * @param end the first index that is not run
 * @param count how many workloads the enumeration has, whatever part of it is run
 */
public record AceRange(int length, String shard, long from, long end, long count) {

    private static final Pattern SHARD = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

    /**
     * A part of all sequences of a length.
     *
     * @param shard such as {@code 3/16}, the third of sixteen parts of neighbours, or null for all
     * @param from index of the workload to begin with, or null for the part's first one
     * @throws UsageException when there is no such part
     */
    public static AceRange of(int length, @Nullable String shard, @Nullable Long from) {
        if (length < 1 || length > AceSpace.MAX_LENGTH) {
            throw new UsageException("--length " + length + " is not from 1 to " + AceSpace.MAX_LENGTH);
        }
        long count = new AceSpace(length).count();
        long first = 0;
        long end = count;
        if (shard != null) {
            Matcher parts = SHARD.matcher(shard);
            if (!parts.matches()) {
                throw new UsageException("--shard " + shard + " is not a part such as 3/16");
            }
            long number = Long.parseLong(parts.group(1));
            long of = Long.parseLong(parts.group(2));
            if (number < 1 || number > of) {
                throw new UsageException("--shard " + shard + ": the parts are 1/" + of + " to " + of + "/" + of);
            }
            first = share(count, number - 1, of);
            end = share(count, number, of);
        }
        long begin = from == null ? first : from;
        if (begin < first || begin >= end) {
            throw new UsageException("--from " + begin + " is not from " + first + " to " + (end - 1)
                    + ", the workloads of this part" + (first == end ? ", which is empty" : ""));
        }
        return new AceRange(length, shard == null ? "" : shard, begin, end, count);
    }

    /** Floor of count × number / of, without overflow. */
    private static long share(long count, long number, long of) {
        return count / of * number + count % of * number / of;
    }

    public long size() {
        return end - from;
    }

    /** In words, such as {@code length 2, workloads 0 to 48,970 of 48,971}. */
    public String words() {
        return String.format(Locale.ROOT, "length %d, workloads %,d to %,d of %,d", length, from, end - 1, count);
    }

    /** The options that ask for this part from an index on. */
    public String options(long index) {
        return "--workload ace --length " + length + (shard.isEmpty() ? "" : " --shard " + shard)
                + (index == 0 ? "" : " --from " + index);
    }
}
