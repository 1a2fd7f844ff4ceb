package dev.powercut.campaign.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.litmus.LitmusResult.Row;
import dev.powercut.campaign.toy.ToyFault;
import dev.powercut.campaign.toy.ToyTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LitmusCampaignTest {

    private static LitmusResult run(@Nullable ToyFault fault) {
        ToyTarget target = new ToyTarget(fault);
        List<LitmusColumn> columns = List.of(LitmusCampaign.column(target, "prefix", ""));
        return new LitmusCampaign(RunConfiguration.of("toy", 1), target, Installed.oracles(), columns, 2)
                .run(RunMonitor.NONE);
    }

    private static LitmusResult.Cell cell(LitmusResult result, String test, String outcome) {
        for (Row row : result.rows()) {
            if (row.test().equals(test) && row.outcome().equals(outcome)) {
                return row.cells().getFirst();
            }
        }
        throw new AssertionError(test + " has no outcome " + outcome);
    }

    @Test
    void aCorrectFilesystemShowsNoForbiddenOutcome() {
        LitmusResult result = run(null);
        for (Row row : result.rows()) {
            LitmusResult.Cell cell = row.cells().getFirst();
            assertTrue(cell.allowed() || cell.seen() == 0, row.toString());
        }
        assertTrue(result.table().rows().stream().allMatch(row -> row.mark() == Mark.GOOD));
    }

    @Test
    void whatIsAllowedFollowsFromWhatFsyncPromises() {
        LitmusResult result = run(null);
        assertTrue(cell(result, "fsync-file", "no such name").allowed(), "fsync of a file does not promise its name");
        assertFalse(cell(result, "fsync-file", "there, empty or short").allowed());
        assertFalse(cell(result, "fsync-directory", "no such name").allowed());
        assertTrue(cell(result, "append", "old").allowed());
        assertTrue(cell(result, "two-files-data", "the second alone").allowed(), "nothing orders two files");
    }

    @Test
    void aForbiddenOutcomeThatIsSeenIsMarkedAndFound() {
        LitmusResult result = run(ToyFault.FSYNC_DOES_NOTHING);
        LitmusResult.Cell cell = cell(result, "fsync-directory", "there, empty or short");
        assertTrue(cell.seen() > 0 && !cell.allowed(), cell.toString());
        assertEquals("SEEN, forbidden", cell.words());
        assertTrue(result.table().rows().stream().anyMatch(row -> row.mark() == Mark.BAD));
    }

    @Test
    void markdownHasALineForEachOutcome() {
        LitmusResult result = run(null);
        assertEquals(result.rows().size() + 2, result.markdown().size());
        assertTrue(result.markdown().stream().allMatch(line -> line.startsWith("|") && line.endsWith("|")));
    }
}
