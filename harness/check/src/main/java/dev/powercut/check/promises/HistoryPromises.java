package dev.powercut.check.promises;

import dev.powercut.check.model.Contents;
import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Entries;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.History;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds {@link Promises} from a history: the effects of its steps become versions, its syncs become promises. */
final class HistoryPromises {

    private static final int BEFORE_ALL = -1;

    private final History history;
    private final Guarantees guarantees;
    private final List<@Nullable TrackedFile> files = new ArrayList<>();
    private final List<RenameRecord> renames = new ArrayList<>();
    private final PromiseList syncs = new PromiseList();
    private final int[] writtenFiles;
    private int entryCellCount;

    HistoryPromises(History history, Guarantees guarantees) {
        this.history = history;
        this.guarantees = guarantees;
        this.writtenFiles = new int[history.entries().size()];
        Arrays.fill(writtenFiles, -1);
    }

    Promises build() {
        takeInitial(history.initial());
        List<History.Entry> entries = history.entries();
        int[] begins = new int[entries.size()];
        int[] numbers = new int[entries.size()];
        String[] texts = new String[entries.size()];
        int[] changes = new int[2 * entries.size()];
        Arrays.fill(changes, Integer.MAX_VALUE);
        for (int i = 0; i < entries.size(); i++) {
            History.Entry entry = entries.get(i);
            begins[i] = entry.beginPosition();
            numbers[i] = entry.step().number();
            texts[i] = entry.step().toString();
            boolean promises = false;
            boolean makesVersions = false;
            for (Effect effect : entry.effects()) {
                boolean promise = effect instanceof Effect.Synced || effect instanceof Effect.AllSynced;
                promises |= promise;
                makesVersions |= !promise;
                take(effect, i, entry.endPosition());
            }
            changes[2 * i] = makesVersions ? entry.beginPosition() : Integer.MAX_VALUE;
            changes[2 * i + 1] = promises ? entry.endPosition() : Integer.MAX_VALUE;
        }
        Timeline timeline = new Timeline(begins, numbers, texts, changes);
        return new Promises(timeline, guarantees, allFiles(), renames, entryCellCount, syncs, writtenFiles);
    }

    private List<TrackedFile> allFiles() {
        List<TrackedFile> all = new ArrayList<>();
        for (int id = 0; id < files.size(); id++) {
            TrackedFile file = files.get(id);
            all.add(file != null ? file : new TrackedFile(id, BEFORE_ALL, TrackedFile.ANY_TYPE, false));
        }
        return all;
    }

    private void takeInitial(Model model) {
        for (int id = 0; id < model.idLimit(); id++) {
            ModelFile file = model.find(id);
            if (file != null) {
                create(id, BEFORE_ALL, file.mode(), file.uid(), file.gid(), file.symlinkTarget());
                takeInitial(file);
            }
        }
    }

    private void takeInitial(ModelFile from) {
        TrackedFile file = file(from.id());
        file.inodeNumber = from.inodeNumber();
        file.modified.add(BEFORE_ALL, stored(from.modifiedNanos()));
        file.size.add(BEFORE_ALL, from.sizeBytes());
        long chunk = from.contents().nextChunk(0);
        while (chunk >= 0) {
            chunk(file, chunk).add(BEFORE_ALL, from.contents().chunk(chunk));
            chunk = from.contents().nextChunk(chunk + 1);
        }
        Entries entries = from.entries();
        for (int i = 0; i < entries.count(); i++) {
            EntryCell cell = newCell(file, entries.name(i), -file.search(entries.name(i)) - 1);
            cell.add(EntryCell.stamp(BEFORE_ALL), entries.file(i));
        }
    }

    private void take(Effect effect, int operation, int endPosition) {
        switch (effect) {
            case Effect.Created(int id, int mode, int uid, int gid, String target) ->
                create(id, operation, mode, uid, gid, target);
            case Effect.EntrySet(int directory, String name, int id) ->
                cell(directory, name).add(EntryCell.stamp(operation), id);
            case Effect.Renamed renamed -> rename(renamed, operation);
            case Effect.ModeSet(int id, int mode) -> file(id).mode.add(operation, mode);
            case Effect.OwnerSet(int id, int uid, int gid) -> file(id).owner.add(operation, owner(uid, gid));
            case Effect.SizeSet(int id, long size) -> file(id).size.add(operation, size);
            case Effect.ChunkSet(int id, long chunk, byte[] bytes) -> {
                chunk(file(id), chunk).add(operation, bytes);
                writtenFiles[operation] = id;
            }
            case Effect.Touched(int id) -> file(id).modified.add(operation, LongCell.ANY);
            case Effect.ModifiedSet(int id, long nanos) -> file(id).modified.add(operation, stored(nanos));
            case Effect.InodeSeen(int id, long number) -> file(id).inodeNumber = number;
            case Effect.Synced(int id, boolean attributes) -> {
                if (endPosition != History.NEVER) {
                    file(id).contentPromises.add(endPosition, operation);
                    if (attributes) {
                        file(id).attributePromises.add(endPosition, operation);
                    }
                }
            }
            case Effect.AllSynced() -> {
                if (endPosition != History.NEVER) {
                    syncs.add(endPosition, operation);
                }
            }
        }
    }

    private void create(int id, int operation, int mode, int uid, int gid, String symlinkTarget) {
        TrackedFile file = new TrackedFile(id, operation, Mode.type(mode), true);
        file.mode.add(operation, mode);
        file.owner.add(operation, owner(uid, gid));
        file.symlinkTarget = symlinkTarget;
        if (operation != BEFORE_ALL) {
            file.size.add(operation, 0);
        }
        while (files.size() <= id) {
            files.add(null);
        }
        files.set(id, file);
    }

    private void rename(Effect.Renamed renamed, int operation) {
        EntryCell from = cell(renamed.fromDirectory(), renamed.fromName());
        EntryCell to = cell(renamed.toDirectory(), renamed.toName());
        boolean losesDirectory = guarantees.renameOverDirectoryMayLoseTarget()
                && file(renamed.moved()).isDirectory();
        if (renamed.replaced() != Effect.ABSENT && (!guarantees.renameReplacesAtomically() || losesDirectory)) {
            to.mayBeMissingBeforeLast();
        }
        if (guarantees.renameReplacesAtomically()) {
            renames.add(new RenameRecord(operation, from, to));
        }
    }

    private TrackedFile file(int id) {
        TrackedFile file = files.get(id);
        if (file == null) {
            throw new IllegalStateException("file " + id + " was never made");
        }
        return file;
    }

    private EntryCell cell(int directory, String name) {
        TrackedFile holder = file(directory);
        int at = holder.search(name);
        if (at >= 0) {
            return holder.entries.get(at);
        }
        EntryCell cell = newCell(holder, name, -at - 1);
        cell.add(EntryCell.stamp(holder.madeBy), Effect.ABSENT);
        return cell;
    }

    private EntryCell newCell(TrackedFile directory, String name, int at) {
        EntryCell cell = new EntryCell(entryCellCount++, directory, name);
        directory.entries.add(at, cell);
        return cell;
    }

    private static ChunkCell chunk(TrackedFile file, long chunk) {
        int at = file.searchChunk(chunk * Contents.CHUNK_BYTES);
        if (at >= 0) {
            return file.chunks.get(at);
        }
        ChunkCell cell = new ChunkCell(chunk, file.madeBy);
        file.chunks.add(-at - 1, cell);
        return cell;
    }

    private static long owner(int uid, int gid) {
        return (long) uid << 32 | gid & 0xFFFF_FFFFL;
    }

    /** A time as the filesystem stores it, in units of its granularity. */
    private long stored(long nanos) {
        return nanos == ModelFile.UNKNOWN ? LongCell.ANY : Math.floorDiv(nanos, guarantees.timestampGranularityNanos());
    }
}
