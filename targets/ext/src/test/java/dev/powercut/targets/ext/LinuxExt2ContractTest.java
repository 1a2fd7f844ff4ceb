package dev.powercut.targets.ext;

import dev.powercut.kernel.contract.Differences;
import dev.powercut.kernel.contract.RealFileSystemContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cases on Linux's own ext2, on an image of mke2fs behind a loop device, where that can be mounted. */
class LinuxExt2ContractTest extends RealFileSystemContract {

    private static final long BYTES = 64 << 20;

    private @Nullable LoopMount mount;

    @Override
    protected Path newFolder() throws IOException {
        mount = new LoopMount(E2fsprogs.mke2fs(BYTES, List.of("-t", "ext2", "-b", "1024", "-I", "256"), ""));
        return Files.createDirectory(mount.root().resolve("contract"));
    }

    @Override
    protected void release(Path goneFolder) throws IOException {
        if (mount != null) {
            mount.close();
        }
    }

    @Override
    protected Map<String, String> differences() {
        return Differences.ofLinuxExt2();
    }
}
