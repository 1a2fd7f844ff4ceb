package dev.powercut.check.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.check.workload.Result;
import dev.powercut.check.workload.Step;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.sim.Choices;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The model gives what Jimfs gives, as far as Jimfs can express it. */
class ModelAgainstJimfsTest {

    /** Contents far out would be written out as zeroes by Jimfs. */
    private static final long FAR = 1 << 20;

    @Property(tries = 300, seed = "1")
    void shortWorkloadsGiveTheSame(@ForAll @Size(max = 800) byte[] bytes) throws IOException {
        check(Choices.fromBytes(bytes), 60);
    }

    @Property(tries = 150, seed = "2")
    void longWorkloadsGiveTheSame(@ForAll long seed) throws IOException {
        check(Choices.seeded(seed), 400);
    }

    private static void check(Choices choices, int operationCount) throws IOException {
        Model model = Model.empty();
        try (JimfsProcess jimfs = new JimfsProcess()) {
            List<Step> steps = new RandomWorkload(operationCount).steps(choices.split("workload"));
            for (Step step : steps) {
                if (!JimfsProcess.canExpress(step.operation())
                        || isFar(step.operation())
                        || createsThroughLink(step.operation(), model)) {
                    continue;
                }
                Transition transition = model.apply(step.number(), step.operation());
                Object found = jimfs.perform(step.number(), step.operation());
                assertSame(transition.expected(), found, step.operation());
                model = transition.next();
            }
            compareAll(model, jimfs, Model.ROOT, "/");
        }
    }

    private static boolean isFar(Operation operation) {
        return operation instanceof Operation.Write write && write.offsetBytes() > FAR
                || operation instanceof Operation.WriteOpen open && open.offsetBytes() > FAR;
    }

    /** Through a symbolic link that leads nowhere, Jimfs creates nothing. */
    private static boolean createsThroughLink(Operation operation, Model model) {
        return operation instanceof Operation.Creat(String path, int mode)
                && model.lookup(path) == Effect.ABSENT
                && model.lookupItself(path) != Effect.ABSENT;
    }

    /** Everything that is there in the end, file by file. */
    private static void compareAll(Model model, JimfsProcess jimfs, int directory, String path) {
        assertSame(model, jimfs, new Operation.ListDirectory(path));
        Entries entries = model.file(directory).entries();
        for (int i = 0; i < entries.count(); i++) {
            String child = (path.equals("/") ? "/" : path + "/") + entries.name(i);
            ModelFile file = model.file(entries.file(i));
            assertSame(model, jimfs, new Operation.Lstat(child));
            if (file.isDirectory()) {
                compareAll(model, jimfs, file.id(), child);
            } else if (file.isRegular()) {
                assertSame(model, jimfs, new Operation.Read(child, 0, (int) file.sizeBytes() + 1));
            } else {
                assertSame(model, jimfs, new Operation.Readlink(child));
            }
        }
    }

    private static void assertSame(Model model, JimfsProcess jimfs, Operation operation) {
        assertSame(model.apply(0, operation).expected(), jimfs.perform(0, operation), operation);
    }

    private static void assertSame(Result expected, Object found, Operation operation) {
        Result right = expected instanceof Result.Facts(int mode, int uid, int gid, int links, long size, long modified)
                ? new Result.Facts(mode, 0, 0, links, Mode.isSymlink(mode) ? 0 : size, ModelFile.UNKNOWN)
                : expected;
        // Of two errors that apply to a link, Jimfs tells the other one.
        boolean bothFail = right instanceof Result.Failed && found instanceof JimfsProcess.Failure;
        boolean same = operation instanceof Operation.Link && bothFail || JimfsProcess.isSame(right, found);
        assertTrue(same, () -> operation.text() + ": " + right + ", but Jimfs: " + found);
    }
}
