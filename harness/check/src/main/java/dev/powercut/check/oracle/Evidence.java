package dev.powercut.check.oracle;

import dev.powercut.check.target.CheckResult;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.DiskImage;
import java.util.List;

/** What is known of a crash state at one stage of working through it. Check results in it are valid while it is judged. */
public sealed interface Evidence {

    /** The stages, in their order. */
    enum Stage {
        /** The crash image was recovered; once per distinct crash image. */
        RECOVERY("recovery"),
        /** The power failed again while the crash image was being recovered, and what was left was recovered. */
        INTERRUPTED_RECOVERY("recovery after another power cut"),
        /** What recovery left was recovered again; this and what follows once per distinct recovered image. */
        SECOND_RECOVERY("the second recovery"),
        /** The recovered image was mounted, and all of it was read. */
        MOUNT("mounting and reading"),
        /** A fixed small workload was run on the recovered filesystem. */
        FOLLOW_UP("the follow-up workload"),
        /** The tree was compared with what had been promised; once per pair of tree and promises. */
        COMPARISON("comparing");

        private final String words;

        Stage(String words) {
            this.words = words;
        }

        /** The stage as a noun for people. */
        public String words() {
            return words;
        }
    }

    Stage stage();

    /**
     * Recovery ended.
     *
     * @param crash what the power cut left
     * @param result what was found before anything was repaired, and whether it was
     * @param recovered what recovery left
     */
    record Recovered(DiskImage crash, CheckResult result, DiskImage recovered) implements Evidence {
        @Override
        public Stage stage() {
            return Stage.RECOVERY;
        }
    }

    /**
     * The power had failed again during recovery, and what was left was recovered in turn.
     *
     * @param writesBefore how many writes into recovery the power failed, of the latest recovery that was cut
     * @param result what was found then, and whether it was mended
     * @param broken which promises of the original cut are broken by what came of it
     */
    record Interrupted(int writesBefore, CheckResult result, List<dev.powercut.check.promises.Violation> broken)
            implements Evidence {
        public Interrupted {
            broken = List.copyOf(broken);
        }

        @Override
        public Stage stage() {
            return Stage.INTERRUPTED_RECOVERY;
        }
    }

    /**
     * A second recovery ended.
     *
     * @param before what the first one left
     * @param result what was found in it
     * @param after what the second one left
     */
    record RecoveredAgain(DiskImage before, CheckResult result, DiskImage after) implements Evidence {
        @Override
        public Stage stage() {
            return Stage.SECOND_RECOVERY;
        }
    }

    /** The recovered filesystem was mounted and read. */
    record Mounted(DiskImage recovered, Node.Directory root) implements Evidence {
        @Override
        public Stage stage() {
            return Stage.MOUNT;
        }
    }

    /**
     * The follow-up workload came to its end.
     *
     * @param deviations where it did not get what the model says, in words; none when all went well
     * @param after the image after the unmount
     * @param result what a check found in it
     */
    record FollowedUp(DiskImage recovered, List<String> deviations, DiskImage after, CheckResult result)
            implements Evidence {
        public FollowedUp {
            deviations = List.copyOf(deviations);
        }

        @Override
        public Stage stage() {
            return Stage.FOLLOW_UP;
        }
    }

    /**
     * The tree was judged against what had been promised before a cut.
     *
     * @param position number of log entries before the cut
     * @param broken what is not legal there; none when all is
     */
    record Compared(Node.Directory root, int position, List<dev.powercut.check.promises.Violation> broken)
            implements Evidence {
        @Override
        public Stage stage() {
            return Stage.COMPARISON;
        }
    }

    /** The target threw what it should not, or did not come to an end; later stages do not take place. */
    record Failed(Stage stage, Failure failure) implements Evidence {}
}
