package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.oracle.ViolationSink;
import java.util.ArrayList;
import java.util.List;

/** Shows evidence to the oracles that judge such evidence, and counts. */
final class OraclePanel {

    /** What an oracle has against a piece of evidence. */
    record Charge(Oracle oracle, Evidence.Stage stage, Violation violation) {}

    private final Oracle[][] oraclesOfStage = new Oracle[Evidence.Stage.values().length][];
    private final List<Oracle> oracles;
    private final long[] judged;
    private final long[] against;
    private final Collector collector;

    OraclePanel(List<Oracle> oracles) {
        if (oracles.isEmpty()) {
            throw new IllegalArgumentException("no oracles: nothing would ever be wrong");
        }
        this.oracles = List.copyOf(oracles);
        this.collector = new Collector(oracles.getFirst());
        this.judged = new long[oracles.size()];
        this.against = new long[oracles.size()];
        for (Evidence.Stage stage : Evidence.Stage.values()) {
            oraclesOfStage[stage.ordinal()] =
                    oracles.stream().filter(oracle -> oracle.judges(stage)).toArray(Oracle[]::new);
        }
    }

    /** What is wrong with the evidence, mostly nothing; the list is valid until the next call. */
    List<Charge> judge(Evidence evidence) {
        collector.charges.clear();
        collector.stage = evidence.stage();
        for (Oracle oracle : oraclesOfStage[evidence.stage().ordinal()]) {
            int before = collector.charges.size();
            collector.oracle = oracle;
            oracle.judge(evidence, collector);
            int index = oracles.indexOf(oracle);
            judged[index]++;
            against[index] += collector.charges.size() > before ? 1 : 0;
        }
        return collector.charges;
    }

    /** What each oracle did. */
    List<OracleTally> tallies() {
        List<OracleTally> tallies = new ArrayList<>();
        for (int i = 0; i < oracles.size(); i++) {
            tallies.add(new OracleTally(oracles.get(i).name(), oracles.get(i).claim(), judged[i], against[i]));
        }
        return tallies;
    }

    private static final class Collector implements ViolationSink {
        private final List<Charge> charges = new ArrayList<>();
        private Oracle oracle;
        private Evidence.Stage stage = Evidence.Stage.RECOVERY;

        Collector(Oracle oracle) {
            this.oracle = oracle;
        }

        @Override
        public void violation(Violation violation) {
            charges.add(new Charge(oracle, stage, violation));
        }
    }
}
