package dev.powercut.targets.ext.journal;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a journal holds, recovery ends, and follows nothing blindly. */
class JournalFuzzTest {

    private static final JournalTrial TRIAL = new JournalTrial();

    @FuzzTest(maxDuration = "20s")
    void anyJournalIsRecoveredOrRefused(byte[] input) {
        TRIAL.run(FuzzedJournal.of(input));
    }
}
