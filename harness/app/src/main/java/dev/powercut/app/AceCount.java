package dev.powercut.app;

import dev.powercut.campaign.ace.AceRange;
import dev.powercut.check.ace.AceSpace;
import dev.powercut.check.ace.AceSpace.Share;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Shows how many workloads an enumeration has, and how the number comes about, beside the published ones. */
final class AceCount {

    /** Mohan et al., OSDI 2018, table 4: seq-1 and seq-2; for three operations they ran three selections only. */
    private static final List<String> PUBLISHED = List.of("300", "254,000");

    private final PrintWriter out;

    AceCount(PrintWriter out) {
        this.out = out;
    }

    /** @param range which part is asked for; told besides when it is not all */
    void show(AceRange range) {
        int length = range.length();
        List<AceSpace> spaces = new ArrayList<>();
        List<List<Share>> shares = new ArrayList<>();
        for (int each = 1; each <= length; each++) {
            spaces.add(new AceSpace(each));
            shares.add(spaces.getLast().shares());
        }
        StringBuilder heading = new StringBuilder(padded("first operation", 22) + right("ways", 5));
        for (int each = 1; each <= length; each++) {
            heading.append(right("length " + each, 17));
        }
        out.println(heading);
        for (int i = 0; i < shares.getFirst().size(); i++) {
            Share first = shares.getFirst().get(i);
            StringBuilder row =
                    new StringBuilder("  " + padded(first.operation().words(), 20) + right(grouped(first.ways()), 5));
            for (List<Share> of : shares) {
                row.append(right(grouped(of.get(i).workloads()), 17));
            }
            out.println(row + "   " + first.operation().meaning());
        }
        total("workloads", spaces.stream().map(space -> grouped(space.count())).toList());
        List<String> all = new ArrayList<>();
        for (int each = 1; each <= length; each++) {
            all.add(grouped(new AceSpace(each, true).count()));
        }
        total("symmetric ones too", all);
        if (range.size() < range.count()) {
            total("of this part", lastOf(length, grouped(range.size())));
        }
        total("published: ACE, about", PUBLISHED.subList(0, Math.min(length, PUBLISHED.size())));
        explain();
        if (range.size() < range.count()) {
            out.println();
            out.println("This part: " + range.words() + "; to run it: harness/powercut run "
                    + range.options(range.from()) + " --target NAME");
        }
        out.flush();
    }

    private static List<String> lastOf(int length, String number) {
        List<String> row = new ArrayList<>(Collections.nCopies(length - 1, ""));
        row.add(number);
        return row;
    }

    private void explain() {
        out.println();
        out.println(
                "A workload is that many core operations on /A, /B, {foo, bar, C} in each, every one followed by a");
        out.println(
                "persistence point: none, sync, fsync or fdatasync of any file, fsync of any directory used so far.");
        out.println(
                "'ways' counts the names an operation may stand first with; each way takes every persistence point.");
        out.println(
                "Our numbers differ from those of Mohan et al. (OSDI 2018), who count about 300 and 254,000, because");
        out.println(
                "  - of workloads alike but for the names of interchangeable directories and files one is kept: the");
        out.println("    line 'symmetric ones too' is what there would be otherwise;");
        out.println(
                "  - an operation that would fail where it stands is left out, as is a second way to the same names;");
        out.println("  - a persistence point is for what has been used, never for a file that was not touched;");
        out.println(
                "  - none is a persistence point (the last one then is an unmount), where theirs ends with another;");
        out.println("  - not here: direct writes, extended attributes; here: mknod, creat over a file, rename over");
        out.println("    a file or directory, each as an operation of its own.");
    }

    private void total(String label, List<String> numbers) {
        StringBuilder row = new StringBuilder(padded(label, 27));
        for (String number : numbers) {
            row.append(right(number, 17));
        }
        out.println(row);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
