package dev.powercut.check.concurrent;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;

/**
 * Generated programs: a few processes, a few operations each, on so few names that they meet all the time. Each process draws
 * from a stream of its own, and each of its operations from one of its own again.
 */
public final class RandomPrograms {

    private static final int MOST_SET_UP = 6;

    /** The kinds of operation, each with its weight. */
    private enum Kind {
        CREAT(8),
        WRITE(10),
        UNLINK(8),
        RENAME(10),
        MKDIR(6),
        RMDIR(4),
        LINK(4),
        TRUNCATE(6),
        READ(6),
        STAT(3),
        LIST(3),
        CHMOD(2),
        FSYNC(4),
        SYNC(5),
        OPEN(5),
        WRITE_OPEN(5),
        READ_OPEN(4),
        TRUNCATE_OPEN(3),
        CLOSE(3);

        private static final Kind[] ALL = values();
        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** Only what reads and changes what is in a file. */
        static int[] weightsOfContents() {
            int[] weights = new int[ALL.length];
            weights[WRITE.ordinal()] = 3;
            weights[TRUNCATE.ordinal()] = 5;
            weights[READ.ordinal()] = 5;
            return weights;
        }

        static int[] weights() {
            int[] weights = new int[ALL.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = ALL[i].weight;
            }
            return weights;
        }
    }

    private static final List<String> DIRECTORIES = List.of("/d", "/e", "/d/e");
    private static final List<String> FILES = List.of("/a", "/d/a", "/b", "/e/a", "/d/b", "/d/e/a");

    private RandomPrograms() {}

    /**
     * A program.
     *
     * @param processes how many there are
     * @param operations how many operations each has
     */
    public static Program draw(Choices choices, int processes, int operations) {
        boolean isAboutOneFile = choices.split("shape").chance("one-file", 1, 4);
        Draw draw =
                isAboutOneFile ? new Draw(List.of(FILES.getFirst()), true) : new Draw(hot(choices.split("hot")), false);
        List<List<Step>> all = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            Choices own = choices.split("process", i);
            int[] weights = isAboutOneFile ? Kind.weightsOfContents() : swarm(own);
            List<Step> steps = new ArrayList<>();
            for (int j = 0; j < operations; j++) {
                int number = (i + 1) * Program.NUMBERS_EACH + j;
                steps.add(new Step(number, draw.operation(own.split("op", j), weights)));
            }
            all.add(steps);
        }
        return new Program(setUp(choices.split("set-up"), draw), all);
    }

    /** Some kinds of operation are left out, most of the time: what one undoes, others can show. */
    private static int[] swarm(Choices choices) {
        int[] weights = Kind.weights();
        if (choices.chance("swarm", 2, 3)) {
            for (int i = 0; i < weights.length; i++) {
                if (choices.chance("swarm.out", 1, 3)) {
                    weights[i] = 0;
                }
            }
        }
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }
        return total == 0 ? Kind.weights() : weights;
    }

    /** The files that most operations are about. */
    private static List<String> hot(Choices choices) {
        List<String> hot = new ArrayList<>();
        int count = 1 + choices.choose("hot.count", 3);
        for (int i = 0; i < count; i++) {
            hot.add(FILES.get(choices.choose("hot.file", FILES.size() - 1)));
        }
        return hot;
    }

    private static List<Step> setUp(Choices choices, Draw draw) {
        List<String> hot = draw.hot;
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation.Mkdir("/d", 0755));
        operations.add(new Operation.Mkdir("/e", 0755));
        int more = choices.choose("set-up.count", MOST_SET_UP + 1);
        for (int i = 0; i < more; i++) {
            String file = hot.get(i % hot.size());
            operations.add(new Operation.Creat(file, 0644));
            operations.add(new Operation.Write(file, 0, Draw.length(choices)));
        }
        if (draw.isAboutOneFile) {
            operations.add(new Operation.Creat(hot.getFirst(), 0644));
            operations.add(new Operation.Write(hot.getFirst(), 0, 3 * 4096));
        }
        List<Step> steps = new ArrayList<>();
        for (Operation operation : operations) {
            steps.add(new Step(steps.size(), operation));
        }
        return steps;
    }

    /** The arguments of operations. */
    private record Draw(List<String> hot, boolean isAboutOneFile) {

        Operation operation(Choices choices, int[] weights) {
            return switch (Kind.ALL[choices.weighted("operation", weights)]) {
                case CREAT -> new Operation.Creat(file(choices), 0644);
                case WRITE -> new Operation.Write(file(choices), offset(choices), length(choices));
                case UNLINK -> new Operation.Unlink(file(choices));
                case RENAME ->
                    choices.chance("rename.directory", 1, 3)
                            ? new Operation.Rename(directory(choices), directory(choices))
                            : new Operation.Rename(file(choices), file(choices));
                case MKDIR -> new Operation.Mkdir(directory(choices), 0755);
                case RMDIR -> new Operation.Rmdir(directory(choices));
                case LINK -> new Operation.Link(file(choices), file(choices));
                case TRUNCATE -> new Operation.Truncate(file(choices), size(choices));
                case READ -> new Operation.Read(file(choices), 0, choices.chance("read.start", 2, 3) ? 1_000 : 16_384);
                case STAT -> new Operation.Stat(file(choices));
                case LIST -> new Operation.ListDirectory(choices.chance("below-root", 1, 2) ? directory(choices) : "/");
                case CHMOD -> new Operation.Chmod(file(choices), choices.chance("mode", 1, 2) ? 0600 : 0640);
                case FSYNC ->
                    new Operation.Fsync(choices.chance("fsync.directory", 1, 3) ? directory(choices) : file(choices));
                case SYNC -> new Operation.Sync();
                case OPEN -> new Operation.Open(slot(choices), file(choices));
                case WRITE_OPEN -> new Operation.WriteOpen(slot(choices), offset(choices), length(choices));
                case READ_OPEN -> new Operation.ReadOpen(slot(choices), 0, 16_384);
                case TRUNCATE_OPEN -> new Operation.TruncateOpen(slot(choices), size(choices));
                case CLOSE -> new Operation.Close(slot(choices));
            };
        }

        private String file(Choices choices) {
            if (isAboutOneFile || choices.chance("file.hot", 3, 4)) {
                return hot.get(choices.choose("file.hot.which", hot.size()));
            }
            return FILES.get(choices.weighted("file", new int[] {6, 6, 3, 3, 2, 1}));
        }

        private static String directory(Choices choices) {
            return DIRECTORIES.get(choices.choose("directory", DIRECTORIES.size()));
        }

        private static int slot(Choices choices) {
            return choices.choose("slot", 2);
        }

        private static long offset(Choices choices) {
            return switch (choices.weighted("offset", new int[] {5, 2, 2})) {
                case 0 -> 0;
                case 1 -> 4096;
                default -> choices.choose("offset.any", 9_000);
            };
        }

        private static int length(Choices choices) {
            return switch (choices.weighted("length", new int[] {4, 4, 2})) {
                case 0 -> 1 + choices.choose("length.small", 700);
                case 1 -> 4096 * (1 + choices.choose("length.pages", 3));
                default -> 1 + choices.choose("length.any", 9_000);
            };
        }

        private static long size(Choices choices) {
            return switch (choices.weighted("size", new int[] {3, 3, 3})) {
                case 0 -> 0;
                case 1 -> choices.choose("size.any", 9_000);
                default -> 8_192;
            };
        }
    }
}
