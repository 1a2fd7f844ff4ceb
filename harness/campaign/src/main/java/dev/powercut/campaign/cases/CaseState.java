package dev.powercut.campaign.cases;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.config.InputFile;
import dev.powercut.campaign.config.LocatedJson;
import dev.powercut.campaign.config.LocatedJson.Value;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Holds the crash state of a case against the log of its workload. Where the log is the one that was recorded, a state that it cannot
 * have is no change of the target, but a mistake in the file.
 */
public final class CaseState {

    private final Case.Place place;
    private final String crashImage;
    private final Fields fields;
    private final @Nullable Path file;

    /**
     * What a sort of case calls them.
     *
     * @param section the object that says where the power fails and what the disk keeps
     * @param image the field with the hash of what that leaves, and where it stands
     */
    public record Fields(String section, String image) {
        static final Fields OF_CASE = new Fields("crash", "'crashImage' in 'hashes'");
    }

    /**
     * A crash state as the file says it.
     *
     * @param crashImage hash of what the power cut leaves; empty where the case does not say
     * @param file where the case was read from, or null
     */
    public CaseState(Case.Place place, String crashImage, Fields fields, @Nullable Path file) {
        this.place = place;
        this.crashImage = crashImage;
        this.fields = fields;
        this.file = file;
    }

    CaseState(Case saved, Case.Place place, @Nullable Path file) {
        this(place, saved.hashes().crashImage(), Fields.OF_CASE, file);
    }

    /**
     * Holds it against the very log that it was recorded from.
     *
     * @throws UsageException naming file, line and field
     */
    public void check(WriteLog log, CrashModel model) {
        int entries = log.size();
        if (place.position() > entries) {
            throw wrong(
                    "position",
                    "the workload gives the disk " + entries + " log entries, so the power can fail at positions 0 to "
                            + entries + ", not at " + place.position());
        }
        String objection = model.objection(log, place.position(), place.kept());
        if (objection != null) {
            throw wrong(
                    "kept",
                    "the crash model '" + model.name() + "' does not allow '"
                            + place.kept().text() + "' at position " + place.position() + ": " + objection);
        }
        DiskImage crash = image(log);
        if (!crashImage.isEmpty() && !crashImage.equals(crash.hash().toString())) {
            throw wrong(
                    "kept",
                    "'" + place.kept().text() + "' leaves the image " + crash.hash() + ", and " + fields.image()
                            + " says " + crashImage
                            + ", though the workload goes as recorded: one of the two was changed;"
                            + " change it back, or clear the hash to take the state as it stands");
        }
    }

    private DiskImage image(WriteLog log) {
        try {
            return log.image(place.kept());
        } catch (IllegalArgumentException e) {
            throw wrong("kept", String.valueOf(e.getMessage()));
        }
    }

    private UsageException wrong(String field, String reason) {
        if (file == null) {
            return new UsageException("'" + field + "' of the crash state: " + reason);
        }
        Value root = LocatedJson.parse(file.toString(), InputFile.bytes(CaseFile.SORT, file));
        return root.field(fields.section()).field(field).error("'" + field + "': " + reason);
    }
}
