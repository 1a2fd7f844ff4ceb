package dev.powercut.bridge.replay;

import dev.powercut.check.promises.MarkPromises;
import dev.powercut.check.promises.PromiseJudge;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.promises.Violation;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Single paths, by the marks about what fsync and fdatasync of files and directories returned for.
 *
 * <p>A mark {@code dir:<path>} rests on the fsync of the parent alone. That promises the name in the parent, but not the inode
 * that it stands for: ext2 may write that later, and e2fsck -y then takes the name away. So it counts only from the next flush
 * on. A symbolic link, of which the same is true, is not judged, as it can never be synced itself.
 */
final class MarkedPathsOracle implements TreeOracle {

    private final Promises promises;
    private final PromiseJudge judge;
    private final int promiseCount;
    private final int symlinkCount;

    private MarkedPathsOracle(Promises promises, int promiseCount, int symlinkCount) {
        this.promises = promises;
        this.judge = promises.newJudge();
        this.promiseCount = promiseCount;
        this.symlinkCount = symlinkCount;
    }

    static MarkedPathsOracle of(WriteLog log) {
        MarkPromises builder = new MarkPromises();
        List<String> directories = new ArrayList<>();
        int promised = 0;
        int symlinks = 0;
        for (int i = 0; i < log.size(); i++) {
            builder.at(i);
            switch (log.get(i)) {
                case LogEntry.Mark mark -> {
                    String text = mark.event().text();
                    if (text.startsWith("dir:")) {
                        directories.add(text.substring("dir:".length()));
                        promised++;
                    } else {
                        directories.removeAll(beginning(text));
                        promised += enter(builder, text) ? 1 : 0;
                        symlinks += text.startsWith("symlink:") ? 1 : 0;
                    }
                }
                case LogEntry.Flush flush -> {
                    directories.forEach(builder::promiseDirectory);
                    directories.clear();
                }
                case LogEntry.Write write -> {}
                case LogEntry.Discard discard -> {}
            }
        }
        return new MarkedPathsOracle(builder.build(), promised, symlinks);
    }

    /** The paths that a mark says are about to change. */
    private static List<String> beginning(String text) {
        return text.startsWith("begin:") ? List.of(text.split(":", -1)) : List.of();
    }

    /** Enters what a mark promises; false when it promises nothing. */
    private static boolean enter(MarkPromises builder, String text) {
        String[] parts = text.split(":", -1);
        String path = parts.length > 1 ? parts[1] : "";
        switch (parts[0]) {
            case "begin" -> {
                return begin(builder, parts);
            }
            case "fsynced" -> {
                if (parts.length == 3) {
                    builder.promiseContent(path, parts[2]);
                }
                return parts.length == 3;
            }
            case "acked", "fdatasynced" -> {
                // A file that is only fdatasynced had been acked before under the same name.
                if (parts.length == 3) {
                    builder.promiseFile(path, parts[2]);
                }
                return parts.length == 3;
            }
            case "gone" -> builder.promiseAbsent(path);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean begin(MarkPromises builder, String[] parts) {
        if (parts.length == 5 && parts[1].equals("atomic")) {
            builder.promiseOneOf(parts[2], parts[3], parts[4]);
            return true;
        }
        if (parts.length > 2) {
            builder.begin(Arrays.copyOfRange(parts, 2, parts.length));
        }
        return false;
    }

    @Override
    public String name() {
        return "marks";
    }

    @Override
    public int epoch(int position) {
        return promiseCount == 0 ? NOTHING : promises.epoch(position);
    }

    @Override
    public List<String> judge(Node.Directory root, int position) {
        List<String> sentences = new ArrayList<>();
        for (Violation violation : judge.judge(root, position)) {
            sentences.add(violation.text());
        }
        return sentences;
    }

    @Override
    public String summary() {
        return promiseCount + " marks about paths"
                + (symlinkCount == 0
                        ? ""
                        : " (" + symlinkCount + " about symbolic links not judged: they cannot be synced)");
    }
}
