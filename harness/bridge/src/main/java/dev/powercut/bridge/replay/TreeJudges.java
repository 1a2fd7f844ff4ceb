package dev.powercut.bridge.replay;

import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;

/** All oracles that judge trees by the marks of one recording. For one thread. */
final class TreeJudges {

    private final List<TreeOracle> oracles;

    TreeJudges(WriteLog log) {
        oracles =
                List.of(MarkedPathsOracle.of(log), new ManifestOracle(log), new GitOracle(log), new SqliteOracle(log));
    }

    /** One oracle at one epoch, with a position of that epoch and the cut that is legal there. */
    record Question(TreeOracle oracle, int oracleNumber, int epoch, int position, CutPoint cut) {}

    /** All that has to be asked about an image that comes about by these cuts; nothing twice. */
    List<Question> questions(List<CutPoint> cuts) {
        List<Question> questions = new ArrayList<>();
        for (int number = 0; number < oracles.size(); number++) {
            TreeOracle oracle = oracles.get(number);
            int asked = TreeOracle.NOTHING;
            for (CutPoint cut : cuts) {
                for (int position = cut.firstPosition(); position <= cut.lastPosition(); position++) {
                    int epoch = oracle.epoch(position);
                    if (epoch != asked && epoch != TreeOracle.NOTHING) {
                        questions.add(new Question(oracle, number, epoch, position, cut));
                        asked = epoch;
                    }
                }
            }
        }
        return questions;
    }

    /** What is wrong with a tree, a sentence each. */
    static List<String> answer(Question question, Node.Directory root) {
        return question.oracle.judge(root, question.position);
    }

    /** What the marks of this recording speak of, in words; sorts of marks that it does not have are left out. */
    List<String> summaries() {
        List<String> lines = new ArrayList<>();
        for (TreeOracle oracle : oracles) {
            String summary = oracle.summary();
            if (!summary.startsWith("0 ")) {
                lines.add(summary);
            }
        }
        return lines;
    }
}
