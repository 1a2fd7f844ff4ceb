package dev.powercut.check.concurrent;

import dev.powercut.check.model.Effect;
import dev.powercut.check.target.Guarantees;
import dev.powercut.sim.Mixing;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which calls took effect, as far as promises tell orders apart: two calls that have no file in common may change places
 * (Mazurkiewicz's traces). A promise about everything has all files in common with what is before and after; and where names persist in
 * order, calls that change names have that order in common.
 */
final class PromiseOrder {

    /** By id in the model: hash of the calls, in order, that changed or promised something of it since all was promised last. */
    private final long[] files;

    /** Hash of all that was when all was promised last; and of the calls that changed names, where names persist in order. */
    private final long before;

    private final boolean namesInOrder;

    private PromiseOrder(long[] files, long before, boolean namesInOrder) {
        this.files = files;
        this.before = before;
        this.namesInOrder = namesInOrder;
    }

    /** Before the first call, on a filesystem with these guarantees. */
    static PromiseOrder of(Guarantees guarantees) {
        return new PromiseOrder(new long[0], 0, guarantees.operationsPersistInOrder());
    }

    /** With one more call. */
    PromiseOrder after(Call call, List<Effect> effects) {
        PromiseOrder after = this;
        int number = call.step().number();
        for (Effect effect : effects) {
            after = switch (effect) {
                case Effect.Created created -> after.with(created.file(), number);
                case Effect.EntrySet set ->
                    after.withName(number).with(set.directory(), number).with(set.file(), number);
                case Effect.Renamed renamed -> after.with(renamed.moved(), number);
                case Effect.ModeSet set -> after.with(set.file(), number);
                case Effect.OwnerSet set -> after.with(set.file(), number);
                case Effect.SizeSet set -> after.with(set.file(), number);
                case Effect.ChunkSet set -> after.with(set.file(), number);
                case Effect.Touched touched -> after.with(touched.file(), number);
                case Effect.ModifiedSet set -> after.with(set.file(), number);
                case Effect.InodeSeen seen -> after;
                case Effect.Synced synced -> after.with(synced.file(), number);
                case Effect.AllSynced all ->
                    new PromiseOrder(new long[0], Mixing.mix(after.digest() + number), namesInOrder);
            };
        }
        return after;
    }

    private PromiseOrder with(int file, int number) {
        if (file == Effect.ABSENT) {
            return this;
        }
        long[] more = Arrays.copyOf(files, Math.max(files.length, file + 1));
        more[file] = Mixing.mix(31 * more[file] + number);
        return new PromiseOrder(more, before, namesInOrder);
    }

    private PromiseOrder withName(int number) {
        return namesInOrder ? new PromiseOrder(files, Mixing.mix(31 * before + number), true) : this;
    }

    /** Equal for orders that promise the same. */
    long digest() {
        long hash = before;
        for (long file : files) {
            hash = Mixing.mix(31 * hash + file);
        }
        return hash;
    }
}
