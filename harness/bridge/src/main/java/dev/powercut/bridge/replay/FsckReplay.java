package dev.powercut.bridge.replay;

import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.Trace;
import dev.powercut.sim.disk.ContentHash;
import dev.powercut.sim.disk.DiskImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recovers each crash image with the filesystem's own checker and judges by the marks what is then there; with an external
 * checker as second judge of the same images.
 */
final class FsckReplay {

    private static final int JUDGED_AT_ONCE = 64;

    /** Exit codes of e2fsck and of fsck(8): 1 errors corrected, 2 the same and the system should be rebooted. */
    private static final int WORST_GOOD_EXIT = 2;

    private final ReplayStates states;
    private final RecoveryMachine machine;
    private final TreeJudges judges;
    private final ViolationList violations;
    private final Trace trace = new Trace();
    private final Map<CheckResult.Severity, Integer> found = new TreeMap<>();

    /** Numbers of the distinct recovered images, by content. */
    private final Map<ContentHash, Integer> recoveredNumbers = new TreeMap<>();

    /** Questions answered already, as (recovered image, oracle, epoch). */
    private final TreeSet<Asked> asked = new TreeSet<>();

    private final List<Integer> examined = new ArrayList<>();
    private final List<DiskImage> recovered = new ArrayList<>();
    private int lastReadNumber = -1;
    private Node.@Nullable Directory lastRead;
    private long questionsAnswered;

    private record Asked(int recoveredNumber, int oracleNumber, int epoch) implements Comparable<Asked> {
        @Override
        public int compareTo(Asked other) {
            int byImage = Integer.compare(recoveredNumber, other.recoveredNumber);
            int byOracle = byImage != 0 ? byImage : Integer.compare(oracleNumber, other.oracleNumber);
            return byOracle != 0 ? byOracle : Integer.compare(epoch, other.epoch);
        }
    }

    FsckReplay(ReplayStates states, FileSystemTarget target, ViolationList violations) {
        this.states = states;
        this.machine = new RecoveryMachine(target);
        this.judges = new TreeJudges(states.log());
        this.violations = violations;
    }

    /** Recovers, reads and judges one image. */
    void examine(int image) {
        DiskImage crash = states.image(image);
        CutPoint first = states.cuts(image).getFirst();
        String cut = CutWords.of(states.log(), first, first.firstPosition());
        try {
            RecoveryMachine.Recovery recovery = machine.repair(crash);
            found.merge(recovery.found(), 1, Integer::sum);
            examined.add(image);
            recovered.add(recovery.recovered());
            trace.step("crash", crash.hash().high(), crash.hash().low());
            trace.step(
                    "recovered",
                    recovery.recovered().hash().high(),
                    recovery.recovered().hash().low());
            if (!recovery.problem().isEmpty()) {
                violations.add("fsck", recovery.problem(), cut, image, recovery.lines());
            }
            judge(image, recovery.recovered());
        } catch (RecoveryMachine.FailedException e) {
            violations.add("fsck", String.valueOf(e.getMessage()), cut, image, List.of());
        }
    }

    private void judge(int image, DiskImage after) throws RecoveryMachine.FailedException {
        int known = recoveredNumbers.size();
        int number = recoveredNumbers.computeIfAbsent(after.hash(), hash -> known);
        if (number == known) {
            tree(number, after);
        }
        for (TreeJudges.Question question : judges.questions(states.cuts(image))) {
            if (asked.add(new Asked(number, question.oracleNumber(), question.epoch()))) {
                answer("", question, tree(number, after), image);
            }
        }
    }

    /** Trees are not kept, all but the last: they hold all data of all files. */
    private Node.Directory tree(int number, DiskImage after) throws RecoveryMachine.FailedException {
        Node.Directory root = lastRead;
        if (root == null || number != lastReadNumber) {
            root = machine.read(after);
            lastRead = root;
            lastReadNumber = number;
        }
        return root;
    }

    private void answer(String prefix, TreeJudges.Question question, Node.Directory root, int image) {
        questionsAnswered++;
        for (String sentence : TreeJudges.answer(question, root)) {
            violations.add(
                    prefix + question.oracle().name(),
                    sentence,
                    CutWords.of(states.log(), question.cut(), question.position()),
                    image,
                    List.of());
        }
    }

    /**
     * Lets an external checker judge what was examined: what we recovered must be clean for it, and what it makes of the same
     * crash image must keep the same promises.
     *
     * @param limit how many crash images it sees, 0 for all
     * @return how many it saw
     */
    int judgeExternally(String tool, int limit, ReplayProgress progress) throws IOException {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < examined.size(); i++) {
            all.add(i);
        }
        List<Integer> sample = ReplayStates.sample(all, limit);
        for (int from = 0; from < sample.size(); from += JUDGED_AT_ONCE) {
            List<Integer> part = sample.subList(from, Math.min(sample.size(), from + JUDGED_AT_ONCE));
            cleanForTool(tool, part);
            sameAfterTool(tool, part);
            if (!progress.progressed(from + part.size(), sample.size())) {
                return from + part.size();
            }
        }
        return sample.size();
    }

    private void cleanForTool(String tool, List<Integer> part) throws IOException {
        List<DiskImage> images = part.stream().map(recovered::get).toList();
        List<ImageCommand.Outcome> outcomes = new ImageCommand(tool + " -fn {}", false).run(images);
        for (int i = 0; i < part.size(); i++) {
            ImageCommand.Outcome outcome = outcomes.get(i);
            if (outcome.exitCode() != 0) {
                int image = examined.get(part.get(i));
                CutPoint cut = states.cuts(image).getFirst();
                violations.add(
                        tool,
                        "what was recovered is not clean for " + tool + " -fn (exit code " + outcome.exitCode() + ")",
                        CutWords.of(states.log(), cut, cut.firstPosition()),
                        image,
                        outcome.lines());
            }
        }
    }

    private void sameAfterTool(String tool, List<Integer> part) throws IOException {
        List<DiskImage> images =
                part.stream().map(i -> states.image(examined.get(i))).toList();
        List<ImageCommand.Outcome> outcomes = new ImageCommand(tool + " -fy {}", true).run(images);
        for (int i = 0; i < part.size(); i++) {
            judgeRepairedByTool(tool, examined.get(part.get(i)), outcomes.get(i));
        }
    }

    private void judgeRepairedByTool(String tool, int image, ImageCommand.Outcome outcome) {
        List<CutPoint> cuts = states.cuts(image);
        String cut = CutWords.of(states.log(), cuts.getFirst(), cuts.getFirst().firstPosition());
        DiskImage after = outcome.after();
        if (outcome.exitCode() < 0 || outcome.exitCode() > WORST_GOOD_EXIT || after == null) {
            String sentence = tool + " -fy cannot repair the crash image (exit code " + outcome.exitCode() + ")";
            violations.add(tool, sentence, cut, image, outcome.lines());
            return;
        }
        try {
            CheckResult result = machine.check(after);
            // Benign is what another checker may leave: e2fsck, for one, lets a file have a block beyond its size.
            if (result.severity() == CheckResult.Severity.DAMAGE) {
                String sentence = "our check finds damage in what " + tool + " -fy repaired: " + result.kind();
                violations.add(tool, sentence, cut, image, result.lines());
            }
            Node.Directory root = machine.read(after);
            for (TreeJudges.Question question : judges.questions(cuts)) {
                answer("after " + tool + " -fy: ", question, root, image);
            }
        } catch (RecoveryMachine.FailedException e) {
            String sentence = "what " + tool + " -fy repaired: " + e.getMessage();
            violations.add(tool, sentence, cut, image, outcome.lines());
        }
    }

    /** How many images were how bad before they were repaired. */
    int foundCount(CheckResult.Severity severity) {
        return found.getOrDefault(severity, 0);
    }

    int recoveredCount() {
        return recoveredNumbers.size();
    }

    /** How many pairs of a recovered tree and marks were judged. */
    long questionsAnswered() {
        return questionsAnswered;
    }

    List<String> summaries() {
        return judges.summaries();
    }

    String traceHash() {
        return trace.hex();
    }
}
