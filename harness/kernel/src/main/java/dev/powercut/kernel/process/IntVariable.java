package dev.powercut.kernel.process;

/**
 * An int in the memory of processes: an address and nothing else, so that a body that has it finds the value of the process that it
 * runs in.
 */
public record IntVariable(long address) {

    public int get(UserProcess self) {
        return self.memory().getInt(address);
    }

    public void set(UserProcess self, int value) {
        self.memory().putInt(address, value);
    }

    /** Adds in one step; returns what was there before. */
    public int getAndAdd(UserProcess self, int added) {
        return self.memory().getAndAddInt(address, added);
    }
}
