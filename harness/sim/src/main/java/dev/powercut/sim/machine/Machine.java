package dev.powercut.sim.machine;

import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.CrashState;
import dev.powercut.sim.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;

/** One simulated computer: a world to live in, and disks. Its operating system is built on top of it. */
public final class Machine {

    private final World world;
    private final int index;
    private final List<SimulatedDisk> disks;

    /** @param index number of the machine in its world, from 0 */
    public Machine(World world, int index, List<SimulatedDisk> disks) {
        this.world = world;
        this.index = index;
        this.disks = List.copyOf(disks);
    }

    public World world() {
        return world;
    }

    public int index() {
        return index;
    }

    public List<SimulatedDisk> disks() {
        return disks;
    }

    /** Cuts the power of all disks at this instant; the state of each is drawn from what the model allows. */
    public List<CrashState> powerCut(CrashModel model, Choices choices) {
        List<CrashState> states = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            states.add(disks.get(i).powerCut(model, choices.split("disk", i)));
        }
        return states;
    }
}
