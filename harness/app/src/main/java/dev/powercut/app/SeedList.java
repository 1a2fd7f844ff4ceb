package dev.powercut.app;

import dev.powercut.campaign.UsageException;
import java.util.ArrayList;
import java.util.List;

/** Seeds as people write them: {@code 7}, {@code 1..20}, {@code 1,5,9..12}. */
final class SeedList {

    private static final int MOST = 1_000_000;

    private SeedList() {}

    /** @throws UsageException when it is no list of seeds; the message says what is */
    static List<Long> parse(String text) {
        List<Long> seeds = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int dots = part.indexOf("..");
            long first = number(dots < 0 ? part : part.substring(0, dots), text);
            long last = dots < 0 ? first : number(part.substring(dots + 2), text);
            if (last < first) {
                throw new UsageException(
                        "'" + part + "' counts down; write the smaller seed first: " + last + ".." + first);
            }
            if (last - first < 0 || last - first + seeds.size() >= MOST) {
                throw new UsageException("'" + text + "' are more than " + MOST + " seeds; split it into several runs");
            }
            for (long seed = first; seed < last; seed++) {
                seeds.add(seed);
            }
            seeds.add(last);
        }
        return seeds;
    }

    /** The seeds as people write them, for {@link #parse}. */
    static String text(List<Long> seeds) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (from < seeds.size()) {
            int to = from;
            while (to + 1 < seeds.size() && seeds.get(to + 1) == seeds.get(to) + 1) {
                to++;
            }
            text.append(text.isEmpty() ? "" : ",").append(seeds.get(from));
            text.append(to == from ? "" : ".." + seeds.get(to));
            from = to + 1;
        }
        return text.toString();
    }

    private static long number(String text, String whole) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "'" + whole
                            + "' is not a list of seeds; write whole numbers of at most 19 digits, such as 7, 1..20 or 1,5,9..12");
        }
    }
}
