package dev.powercut.sim.planted;

/** Planted violation: a text that names a target. */
final class SpeaksOfTargets {
    String look(int blocks) {
        return "mounting plantedfs with " + blocks + " blocks";
    }
}
