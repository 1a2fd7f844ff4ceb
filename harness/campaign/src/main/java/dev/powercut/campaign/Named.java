package dev.powercut.campaign;

import java.util.List;

/** Finds things by the names that people type, and says what they may have meant. */
public final class Named {

    private Named() {}

    /** The failure to find a name: lists the valid ones, the nearest first of all. */
    public static UsageException unknown(String sort, String name, List<String> valid) {
        if (valid.isEmpty()) {
            return new UsageException("unknown " + sort + " '" + name + "': there is none");
        }
        String nearest = nearest(name, valid);
        String guess = isGuess(name, nearest) ? "; did you mean '" + nearest + "'? There " : "; there ";
        return new UsageException("unknown " + sort + " '" + name + "'" + guess + (valid.size() == 1 ? "is " : "are ")
                + String.join(", ", valid));
    }

    /** Whether at least half of a name is in the other: else a guess only puzzles. */
    private static boolean isGuess(String name, String nearest) {
        return 2 * distance(name, nearest) <= Math.max(name.length(), nearest.length())
                || nearest.startsWith(name) && !name.isEmpty();
    }

    /** The valid name with the smallest edit distance; the first of several. */
    static String nearest(String name, List<String> valid) {
        String best = valid.getFirst();
        for (String candidate : valid) {
            if (distance(name, candidate) < distance(name, best)) {
                best = candidate;
            }
        }
        return best;
    }

    /** Whether one of two names may have been meant for the other. */
    public static boolean isNear(String a, String b) {
        return distance(a, b) <= Math.max(1, Math.min(a.length(), b.length()) / 3);
    }

    /** How many letters must be added, dropped, changed or swapped with a neighbour to make one of the other. */
    static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(int[][] table, String a, String b, int i, int j) {
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + changed);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
