package dev.powercut.campaign.toy;

import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import org.jspecify.annotations.Nullable;

/** The toy's type, with or without a fault. */
public record ToyType(@Nullable ToyFault fault) implements FileSystemType {

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public FileSystem mount(MountRequest request) {
        if (fault == ToyFault.MOUNT_THROWS_NOW_AND_THEN
                && isUnlucky(request.world().choices())) {
            throw new IllegalStateException("one seed of a hundred");
        }
        return new ToyFileSystem(this, request);
    }

    /** Whether a world of these choices is one of the hundredth that cannot mount; that of dull choices can. */
    public static boolean isUnlucky(Choices choices) {
        return choices.split("canary").choose("canary", 100) == 99;
    }
}
