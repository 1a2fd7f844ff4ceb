package dev.powercut.sim.planted;

/** Planted violation: a name that says nothing, and a package without a package-info. */
final class PlantedHelper {}
