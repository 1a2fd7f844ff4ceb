package dev.powercut.targets.logfs.fs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;

/** What a mount does with a log that goes on behind the checkpoint, on an image that stays unmounted. */
public final class Recovery {

    private static final LogfsOptions OPTIONS = LogfsOptions.parse("");

    private final World world = World.withOneTask(Choices.zero());
    private final LogfsType type = new LogfsType();
    private final Discipline rules;

    /** @param rules those of the filesystem, with its planted defect */
    public Recovery(Discipline rules) {
        this.rules = rules;
    }

    /**
     * Rolls the log forward and writes down what came of it.
     *
     * @throws ImageFormatException when there is nothing to mount
     * @throws dev.powercut.kernel.vfs.ErrnoException when the image is corrupt
     */
    public void run(BlockDevice device) throws ImageFormatException {
        Volume volume = Volume.open(new MountRequest(world, 0, device, false, "", 0), rules, OPTIONS);
        Parts parts = new LogFileSystem(type, volume, false).parts();
        parts.rollForward();
        parts.completeRecovery();
    }
}
