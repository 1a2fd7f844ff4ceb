package dev.powercut.targets.logfs.reader;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.oracle.ViolationSink;
import java.util.List;

/** The second reader as a judge: of every image that recovery leaves it reads what the filesystem reads. */
public final class SecondReaderAgrees implements Oracle {

    private int judged;

    /** How many images were read. */
    public int judged() {
        return judged;
    }

    @Override
    public String name() {
        return "second-reader";
    }

    @Override
    public String claim() {
        return "A reader written from the format's description alone reads what the filesystem reads.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.MOUNT;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        if (evidence instanceof Evidence.Mounted mounted) {
            judged++;
            String difference = differenceOf(mounted);
            if (difference != null) {
                violations.violation(new Violation(
                        Grade.POSIX, "second-reader-disagrees", difference, claim(), List.of(difference)));
            }
        }
    }

    private static @org.jspecify.annotations.Nullable String differenceOf(Evidence.Mounted mounted) {
        try {
            return Trees.difference(SecondReader.read(mounted.recovered()), mounted.root());
        } catch (UnreadableImageException e) {
            return e.getMessage();
        }
    }
}
