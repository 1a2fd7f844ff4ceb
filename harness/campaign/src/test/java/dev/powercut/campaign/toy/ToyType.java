package dev.powercut.campaign.toy;

import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountRequest;
import org.jspecify.annotations.Nullable;

/** The toy's type, with or without a fault. */
record ToyType(@Nullable ToyFault fault) implements FileSystemType {

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public FileSystem mount(MountRequest request) {
        return new ToyFileSystem(this, request);
    }
}
