package dev.powercut.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.toy.ToyFault;
import dev.powercut.campaign.toy.ToyTarget;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class CpuWatchTest {

    private static final long LIMIT_NANOS = 400_000_000L;

    private final BlockingQueue<CpuWatch.Hang> hangs = new LinkedBlockingQueue<>();

    private static RunConfiguration configuration() {
        return RunConfiguration.of("toy", 3).withOperations(10);
    }

    private void run(@Nullable ToyFault fault, CpuWatch watch) {
        RunMonitor monitor = new RunMonitor() {
            @Override
            public HangWatch hangs() {
                return watch;
            }
        };
        new Run(configuration(), new ToyTarget(fault), Installed.oracles()).execute(monitor);
    }

    @Test
    @Timeout(60)
    void loopThatAsksForNothingIsFoundWithItsStackAndReported() throws InterruptedException {
        try (CpuWatch watch = new CpuWatch(LIMIT_NANOS, hangs::add)) {
            Thread worker = new Thread(() -> run(ToyFault.RECOVERY_SPINS, watch));
            worker.start();
            CpuWatch.Hang hang = hangs.take();
            worker.interrupt();
            worker.join();

            assertEquals(configuration(), hang.run());
            assertTrue(hang.stack().stream().anyMatch(frame -> frame.contains("ToyChecker.recover")), hang::toString);
            RunReport report = HangReport.of(hang, new ToyTarget(ToyFault.RECOVERY_SPINS));
            assertTrue(report.verdict().startsWith("FAIL: 1 finding"), report.verdict());
            FindingReport finding = report.findings().getFirst();
            assertTrue(finding.sentence().startsWith("the target hangs"), finding.sentence());
            assertEquals(hang.stack(), finding.recoveryLines());
        }
    }

    @Test
    void runsThatComeAlongAreLeftAlone() {
        try (CpuWatch watch = new CpuWatch(LIMIT_NANOS, hangs::add)) {
            for (int i = 0; i < 20; i++) {
                run(null, watch);
            }
        }
        assertTrue(hangs.isEmpty(), hangs::toString);
    }
}
