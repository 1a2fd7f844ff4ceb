package dev.powercut.targets.logfs.fsck;

import dev.powercut.sim.Choices;

/** Inputs of {@link FuzzedImage} without a fuzzer. */
public final class HostileInput {

    private HostileInput() {}

    /** As the fuzzer makes them, but patches go where something is: small numbers, in the first blocks of each segment. */
    public static byte[] of(int seed) {
        Choices choices = Choices.seeded(seed).split("patches");
        int patches = 1 + choices.choose("patches", 4);
        byte[] input = new byte[1 + patches * 9];
        input[0] = (byte) choices.choose("volume", 4);
        for (int i = 0; i < patches; i++) {
            int at = 1 + 9 * i;
            for (int k = 0; k < 4; k++) {
                input[at + k] = (byte) choices.choose("place", 256);
            }
            input[at + 4] = (byte) (3 | (choices.choose("unsealed", 4) == 0 ? 0x80 : 0));
            boolean small = choices.choose("small", 3) > 0;
            for (int k = 0; k < 4; k++) {
                input[at + 5 + k] = (byte) (small && k > 1 ? 0 : choices.choose("byte", 256));
            }
        }
        return input;
    }
}
