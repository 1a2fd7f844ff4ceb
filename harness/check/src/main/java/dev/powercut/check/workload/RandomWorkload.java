package dev.powercut.check.workload;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * A generated workload: weighted operations over a small space of names, so that operations meet. Most are valid where they
 * stand, some fail. Two workloads in three go without some kinds of operation (swarm testing; Groce et al., ISSTA 2012): what
 * one kind undoes or hides all the time, others show once it is left out. It ends with an unmount, a sync, or nothing at all: power fails with nothing synced.
 *
 * <p>Sizes and offsets reach a file's first indirect block now and then, and the double and triple ones seldom, as holes; most
 * writes are small, because every crash state is read and compared whole.
 */
public final class RandomWorkload implements Workload {

    private static final int[] WEIGHTS = Kind.weights();

    /** One in so many operations takes its paths and slots without looking whether they fit. */
    private static final int WILD_ONE_IN = 16;

    private static final int SLOTS = 3;

    private final int operationCount;
    private final Model initial;

    /** @param operationCount how many operations, the end not counted */
    public RandomWorkload(int operationCount) {
        this(operationCount, Model.empty());
    }

    /** @param initial what the filesystem holds before */
    public RandomWorkload(int operationCount, Model initial) {
        if (operationCount < 0 || operationCount > Step.MAX_NUMBER - 2) {
            throw new IllegalArgumentException(
                    "operation count " + operationCount + " is not in 0.." + (Step.MAX_NUMBER - 2));
        }
        this.operationCount = operationCount;
        this.initial = initial;
    }

    @Override
    public String name() {
        return "random";
    }

    @Override
    public List<Step> steps(Choices choices) {
        List<Step> steps = new ArrayList<>();
        int[] weights = swarm(choices.split("swarm"));
        Model model = initial;
        for (int i = 0; i < operationCount; i++) {
            Operation operation = operation(choices.split("op", i), weights, model);
            model = model.apply(i, operation).next();
            steps.add(new Step(i, operation));
        }
        for (Operation operation : ending(choices.split("ending"))) {
            steps.add(new Step(steps.size(), operation));
        }
        return steps;
    }

    /** The weights, 0 for kinds that are left out; creat stays, because nothing goes without it. */
    private static int[] swarm(Choices choices) {
        int[] weights = WEIGHTS.clone();
        if (choices.weighted("swarm", new int[] {1, 2}) == 0) {
            return weights;
        }
        for (Kind kind : Kind.ALL) {
            boolean leftOut = choices.split("kind", kind.ordinal()).chance("swarm.omits", 1, 2);
            if (leftOut && kind != Kind.STAT && kind != Kind.CREAT) {
                weights[kind.ordinal()] = 0;
            }
        }
        return weights;
    }

    private static List<Operation> ending(Choices choices) {
        return switch (choices.weighted("workload.ending", new int[] {4, 2, 3})) {
            case 0 -> List.of(new Operation.Unmount());
            case 1 -> List.of(new Operation.Sync());
            default -> List.of();
        };
    }

    /** What an operation may be, each with its weight; the first is the dull one. */
    private enum Kind {
        STAT(2),
        CREAT(14),
        WRITE(20),
        APPEND(6),
        TRUNCATE(6),
        MKDIR(8),
        RMDIR(3),
        UNLINK(8),
        LINK(5),
        SYMLINK(3),
        MKFIFO(1),
        RENAME(12),
        CHMOD(2),
        CHOWN(1),
        UTIMENS(1),
        FSYNC(10),
        FDATASYNC(4),
        FSYNC_DIRECTORY(6),
        SYNC(2),
        READ(2),
        LIST(2),
        READLINK(1),
        SLEEP(1),
        OPEN(3),
        WRITE_OPEN(3),
        READ_OPEN(1),
        TRUNCATE_OPEN(1),
        FSYNC_OPEN(2),
        CLOSE(2);

        private static final Kind[] ALL = values();
        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        static int[] weights() {
            int[] weights = new int[ALL.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = ALL[i].weight;
            }
            return weights;
        }
    }

    private static Operation operation(Choices choices, int[] weights, Model model) {
        Kind kind = Kind.ALL[choices.weighted("operation", weights)];
        if (kind == Kind.STAT) {
            return new Operation.Stat("/");
        }
        return new Draw(choices, model, choices.chance("wild", 1, WILD_ONE_IN)).operation(kind);
    }

    /** The arguments of one operation. */
    private record Draw(Choices choices, Model model, boolean wild) {

        Operation operation(Kind kind) {
            return switch (kind) {
                case STAT -> new Operation.Stat("/");
                case CREAT ->
                    choices.chance("creat.truncates", 1, 6)
                            ? onFile(path -> new Operation.Creat(path, mode()))
                            : create();
                case WRITE -> onFile(path -> new Operation.Write(path, offset(sizeOf(model.lookup(path))), length()));
                case APPEND -> onFile(path -> new Operation.Append(path, length()));
                case TRUNCATE -> onFile(path -> new Operation.Truncate(path, newSize(sizeOf(model.lookup(path)))));
                case MKDIR -> onFree(path -> new Operation.Mkdir(path, 0755));
                case RMDIR -> on(file -> file.isDirectory() && file.entries().count() == 0, Operation.Rmdir::new);
                case UNLINK -> on(file -> !file.isDirectory(), Operation.Unlink::new);
                case LINK -> onFile(path -> onFree(free -> new Operation.Link(path, free)));
                case SYMLINK -> onFree(path -> new Operation.Symlink(linkTarget(), path));
                case MKFIFO -> onFree(path -> new Operation.Mkfifo(path, mode()));
                case RENAME -> on(file -> true, this::rename);
                case CHMOD -> on(file -> !file.isSymlink(), path -> new Operation.Chmod(path, mode()));
                case CHOWN ->
                    on(
                            file -> !file.isSymlink(),
                            path -> new Operation.Chown(path, choices.choose("uid", 3), choices.choose("gid", 3)));
                case UTIMENS ->
                    onFile(path -> new Operation.Utimens(
                            path, (1_000_000_000L + choices.choose("time.seconds", 1000)) * 1_000_000_000L));
                case FSYNC -> onFile(Operation.Fsync::new);
                case FDATASYNC -> onFile(Operation.Fdatasync::new);
                case FSYNC_DIRECTORY -> onDirectory(Operation.Fsync::new);
                case SYNC -> new Operation.Sync();
                case READ ->
                    onFile(path -> new Operation.Read(path, choices.choose("read.offset", 8) * 700L, 1 + length()));
                case LIST -> onDirectory(Operation.ListDirectory::new);
                case READLINK -> on(ModelFile::isSymlink, Operation.Readlink::new);
                case SLEEP -> new Operation.Sleep((1 + choices.choose("sleep.seconds", 3)) * 1_000_000_000L);
                case OPEN -> open();
                case WRITE_OPEN ->
                    onSlot(slot -> new Operation.WriteOpen(slot, offset(sizeOf(model.slot(slot))), length()));
                case READ_OPEN -> onSlot(slot -> new Operation.ReadOpen(slot, 0, 1 + length()));
                case TRUNCATE_OPEN ->
                    onSlot(slot -> new Operation.TruncateOpen(slot, newSize(sizeOf(model.slot(slot)))));
                case FSYNC_OPEN -> onSlot(Operation.FsyncOpen::new);
                case CLOSE -> onSlot(Operation.Close::new);
            };
        }

        /** An operation on a file that passes the test; while there is none, one is made instead. */
        private Operation on(Predicate<ModelFile> test, Function<String, Operation> operation) {
            String path = wild ? NameSpace.any(choices) : NameSpace.existing(choices, model, test);
            return path.isEmpty() ? create() : operation.apply(path);
        }

        private Operation onFile(Function<String, Operation> operation) {
            return on(ModelFile::isRegular, operation);
        }

        private Operation onDirectory(Function<String, Operation> operation) {
            return choices.chance("below-root", 1, 2) ? on(ModelFile::isDirectory, operation) : operation.apply("/");
        }

        /** An operation on a slot that is open, the first from a drawn one on; while there is none, one is opened instead. */
        private Operation onSlot(IntFunction<Operation> operation) {
            int start = choices.choose("slot", SLOTS);
            for (int i = 0; i < SLOTS; i++) {
                int slot = (start + i) % SLOTS;
                if (wild || model.slot(slot) != Effect.ABSENT) {
                    return operation.apply(slot);
                }
            }
            return open();
        }

        private Operation open() {
            return onFile(path -> new Operation.Open(choices.choose("slot", SLOTS), path));
        }

        private Operation create() {
            return onFree(path -> new Operation.Creat(path, mode()));
        }

        /** An operation on a free name; while all are taken, a file is emptied instead, which changes no name. */
        private Operation onFree(Function<String, Operation> operation) {
            String path = wild ? NameSpace.any(choices) : NameSpace.free(choices, model);
            if (!path.isEmpty()) {
                return operation.apply(path);
            }
            String file = NameSpace.existing(choices, model, ModelFile::isRegular);
            return file.isEmpty() ? new Operation.Stat("/") : new Operation.Creat(file, mode());
        }

        /** To a free name, or over something of the same sort. */
        private Operation rename(String from) {
            if (!choices.chance("rename.replaces", 2, 5)) {
                return onFree(to -> new Operation.Rename(from, to));
            }
            int id = model.lookupItself(from);
            ModelFile moved = id == Effect.ABSENT ? null : model.find(id);
            boolean directory = moved != null && moved.isDirectory();
            String to = NameSpace.existing(
                    choices,
                    model,
                    file -> file.isDirectory() == directory && file.entries().count() == 0 && file.id() != id);
            return to.isEmpty() ? onFree(free -> new Operation.Rename(from, free)) : new Operation.Rename(from, to);
        }

        private long sizeOf(int file) {
            ModelFile found = file == Effect.ABSENT ? null : model.find(file);
            return found == null ? 0 : found.sizeBytes();
        }

        private int mode() {
            return new int[] {0644, 0600, 0755, 0400, 0}[choices.weighted("mode", new int[] {6, 2, 2, 1, 1})];
        }

        private int length() {
            return switch (choices.weighted("length", new int[] {6, 4, 4, 2, 1})) {
                case 0 -> 1 + choices.choose("length.small", 700);
                case 1 -> 1024 * (1 + choices.choose("length.kilobytes", 4));
                case 2 -> 1 + choices.choose("length.middle", 5_000);
                case 3 -> 1 + choices.choose("length.large", 15_000);
                default -> choices.choose("length.empty", 2) * 16_384;
            };
        }

        private long offset(long size) {
            return switch (choices.weighted("offset", new int[] {6, 4, 4, 2, 1})) {
                case 0 -> 0;
                case 1 -> size;
                case 2 -> choices.choose("offset.within", (int) Math.min(size, 16_000) + 1);
                case 3 -> 1024L * choices.choose("offset.kilobytes", 20);
                default -> farOffset();
            };
        }

        /** Where a file's block map gets deeper, with small blocks: 12 direct ones, 256 to an indirect one, 65,536 to a double. */
        private long farOffset() {
            return switch (choices.weighted("offset.far", new int[] {3, 3, 1})) {
                case 0 -> 12 * 1024L - 500;
                case 1 -> (12 + 256) * 1024L - 500;
                default -> (12 + 256 + 65_536) * 1024L - 500;
            };
        }

        private long newSize(long size) {
            return switch (choices.weighted("size", new int[] {4, 4, 2, 2})) {
                case 0 -> 0;
                case 1 -> choices.choose("size.shorter", (int) Math.min(size, 20_000) + 1);
                case 2 -> 512L * choices.choose("size.sectors", 40);
                default -> size + choices.choose("size.longer", 20_000);
            };
        }

        /** Short ones fit into an inode, long ones do not. */
        private String linkTarget() {
            return switch (choices.weighted("target", new int[] {4, 2, 2})) {
                case 0 -> NameSpace.any(choices);
                case 1 -> "a";
                default -> "../" + "nowhere/".repeat(1 + choices.choose("target.length", 20));
            };
        }
    }
}
