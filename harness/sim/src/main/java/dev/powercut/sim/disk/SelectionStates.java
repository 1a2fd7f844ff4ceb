package dev.powercut.sim.disk;

import dev.powercut.sim.Choices;

/** What a device that writes in any order may hold at the end of a window, the most complete state first. */
final class SelectionStates implements LegalStates {

    private final CrashWindow window;
    private final long all;

    SelectionStates(CrashWindow window) {
        this.window = window;
        // Too many to be numbered: what has lost nothing is the first one all the same.
        this.all = window.stateCount() == Long.MAX_VALUE ? 0 : window.number(window.all());
    }

    @Override
    public long count() {
        return window.stateCount();
    }

    @Override
    public CrashState state(long index) {
        if (index < 0 || index >= count()) {
            throw new IndexOutOfBoundsException("state " + index + " of " + count());
        }
        if (index == 0) {
            return state(window.all());
        }
        return state(window.state(index <= all ? all - index : index));
    }

    @Override
    public CrashState draw(Choices choices) {
        return state(window.draw(choices));
    }

    private CrashState state(int[] alternatives) {
        return new CrashState(window.image(alternatives), window.kept(alternatives));
    }
}
