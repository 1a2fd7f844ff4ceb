package dev.powercut.campaign.cases;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.config.InputFile;
import dev.powercut.campaign.config.LocatedJson;
import dev.powercut.campaign.config.LocatedJson.Value;
import dev.powercut.check.explore.Recording;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Holds the crash state of a case against the log of its workload. Where the log is the one that was recorded, a state that it cannot
 * have is no change of the target, but a mistake in the file.
 */
final class CaseState {

    private final Case saved;
    private final Case.Place place;
    private final @Nullable Path file;

    /** @param file where the case was read from, or null */
    CaseState(Case saved, Case.Place place, @Nullable Path file) {
        this.saved = saved;
        this.place = place;
        this.file = file;
    }

    /** @throws UsageException naming file, line and field */
    void check(Recording recording, CrashModel model) {
        if (!CaseReplay.hashes(recording, null, null)
                .trace()
                .equals(saved.hashes().trace())) {
            return;
        }
        int entries = recording.log().size();
        if (place.position() > entries) {
            throw wrong(
                    "position",
                    "the workload gives the disk " + entries + " log entries, so the power can fail at positions 0 to "
                            + entries + ", not at " + place.position());
        }
        String objection = model.objection(recording.log(), place.position(), place.kept());
        if (objection != null) {
            throw wrong(
                    "kept",
                    "the crash model '" + model.name() + "' does not allow '"
                            + place.kept().text() + "' at position " + place.position() + ": " + objection);
        }
        DiskImage crash = image(recording);
        String hash = saved.hashes().crashImage();
        if (!hash.isEmpty() && !hash.equals(crash.hash().toString())) {
            throw wrong(
                    "kept",
                    "'" + place.kept().text() + "' leaves the image " + crash.hash() + ", and 'crashImage' in 'hashes'"
                            + " says " + hash + ", though the workload goes as recorded: one of the two was changed;"
                            + " change it back, or clear the hash to take the state as it stands");
        }
    }

    private DiskImage image(Recording recording) {
        try {
            return recording.log().image(place.kept());
        } catch (IllegalArgumentException e) {
            throw wrong("kept", String.valueOf(e.getMessage()));
        }
    }

    private UsageException wrong(String field, String reason) {
        if (file == null) {
            return new UsageException("'" + field + "' of the crash state: " + reason);
        }
        Value root = LocatedJson.parse(file.toString(), InputFile.bytes(CaseFile.SORT, file));
        return root.field("crash").field(field).error("'" + field + "': " + reason);
    }
}
