package dev.powercut.sim.disk;

import dev.powercut.sim.Choices;

/** The finite set of states that power loss may leave, in a fixed order; state 0 has lost nothing. */
public interface LegalStates {

    /** How many there are; {@link Long#MAX_VALUE} stands for that many or more. */
    long count();

    /** The state with an index from 0 to {@code count() - 1}. */
    CrashState state(long index);

    /** One of them; the dull one has lost nothing. */
    CrashState draw(Choices choices);
}
