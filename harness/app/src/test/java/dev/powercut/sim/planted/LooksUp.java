package dev.powercut.sim.planted;

import dev.powercut.kernel.planted.Upstairs;

/** Planted violation: an arrow that points the wrong way. */
final class LooksUp {
    void look(Upstairs upstairs) {
        upstairs.call();
    }
}
