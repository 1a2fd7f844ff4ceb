package dev.powercut.targets.logfs.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.targets.logfs.measure.WriteCost.Pattern;
import dev.powercut.targets.logfs.measure.WriteCost.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dpowercut.costs=1} prints the whole table. */
class WriteCostTest {

    private static final String[] POLICIES = {"cleaner=greedy", "cleaner=cost-benefit", "cleaner=thread"};

    @ParameterizedTest
    @ValueSource(strings = {"cleaner=greedy", "cleaner=cost-benefit", "cleaner=thread"})
    void writeCostGrowsWithUtilisation(String policy) {
        List<Point> series = WriteCost.series(policy, Pattern.UNIFORM, 20, 50, 80);
        for (int i = 1; i < series.size(); i++) {
            assertTrue(series.get(i).cost() > series.get(i - 1).cost(), series::toString);
        }
        assertTrue(series.getFirst().cost() >= 1, series::toString);
    }

    @Test
    void costBenefitIsNoDearerThanGreedyWhereSomeFilesAreHot() {
        double greedy = WriteCost.series("cleaner=greedy", Pattern.HOT_AND_COLD, 75)
                .getFirst()
                .cost();
        double costBenefit = WriteCost.series("cleaner=cost-benefit", Pattern.HOT_AND_COLD, 75)
                .getFirst()
                .cost();
        assertTrue(costBenefit <= greedy, "cost-benefit " + costBenefit + ", greedy " + greedy);
    }

    @Test
    @EnabledIfSystemProperty(named = "powercut.costs", matches = ".+", disabledReason = "a table for people")
    void table() {
        int[] percents = {10, 30, 50, 70, 80, 90};
        for (Pattern pattern : Pattern.values()) {
            for (String policy : POLICIES) {
                StringBuilder line = new StringBuilder("| " + pattern + " | " + policy);
                for (Point point : WriteCost.series(policy, pattern, percents)) {
                    line.append(String.format(
                            " | %d (%.0f): %.2f", point.utilisationPercent(), point.livePercent(), point.cost()));
                }
                System.out.println(line.append(" |"));
            }
        }
    }
}
