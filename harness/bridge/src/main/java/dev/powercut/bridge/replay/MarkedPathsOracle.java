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

/** Single paths, by the marks about what fsync and fdatasync of files and directories returned for. */
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
        int promised = 0;
        int symlinks = 0;
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof LogEntry.Mark mark) {
                String text = mark.event().text();
                promised += enter(builder.at(i), text) ? 1 : 0;
                symlinks += text.startsWith("symlink:") ? 1 : 0;
            }
        }
        return new MarkedPathsOracle(builder.build(), promised, symlinks);
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
            case "dir" -> builder.promiseDirectory(path);
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
