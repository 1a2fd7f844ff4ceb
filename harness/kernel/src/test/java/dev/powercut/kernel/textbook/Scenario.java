package dev.powercut.kernel.textbook;

import dev.powercut.kernel.process.Program;
import dev.powercut.kernel.process.Rig;
import java.util.function.Consumer;

/**
 * A program that a textbook would show.
 *
 * @param name what it shows
 * @param rig where it runs
 * @param judge told of each run; fails where it is not as the name says
 * @param whenDone called when all schedules have been seen
 */
record Scenario(String name, Rig rig, Program program, Consumer<Rig.Ran> judge, Runnable whenDone) {

    /** One that ends with status 0 in each schedule. */
    static Scenario passes(String name, Program program) {
        return passes(name, new Rig(), program);
    }

    static Scenario passes(String name, Rig rig, Program program) {
        return judged(name, rig, program, Scenario::endsWell);
    }

    static Scenario judged(String name, Rig rig, Program program, Consumer<Rig.Ran> judge) {
        return new Scenario(name, rig, program, judge, () -> {});
    }

    static void endsWell(Rig.Ran ran) {
        if (ran.well().result().status() != 0) {
            throw new AssertionError("ended with " + ran.result());
        }
    }

    /** One with a defect that ends with status 0 in some schedules, and with another status in at least one. */
    static Scenario isFoundOut(String name, Program program) {
        int[] found = new int[1];
        return new Scenario(
                name, new Rig(), program, ran -> found[0] += ran.well().result().status() == 0 ? 0 : 1, () -> {
                    if (found[0] == 0) {
                        throw new AssertionError("no schedule showed the defect");
                    }
                });
    }
}
