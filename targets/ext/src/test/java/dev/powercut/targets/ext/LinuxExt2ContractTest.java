package dev.powercut.targets.ext;

import dev.powercut.kernel.contract.Differences;
import dev.powercut.kernel.contract.RealFileSystemContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.opentest4j.TestAbortedException;

/** The cases on Linux's own ext2, on an image of mke2fs behind a loop device, where that can be mounted. */
class LinuxExt2ContractTest extends RealFileSystemContract {

    private static final long BYTES = 64 << 20;

    @Override
    protected Path newFolder() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new TestAbortedException("only the super-user can mount");
        }
        Path folder = Files.createTempDirectory("powercut-ext2");
        Path image = folder.resolve("image");
        E2fsprogs.write(E2fsprogs.mke2fs(BYTES, List.of("-t", "ext2", "-b", "1024", "-I", "256"), ""), image);
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        String failure = run("mount", "-t", "ext2", "-o", "loop", image.toString(), mounted.toString());
        if (!failure.isEmpty()) {
            remove(folder);
            throw new TestAbortedException("no ext2 can be mounted here: " + failure);
        }
        return Files.createDirectory(mounted.resolve("contract"));
    }

    @Override
    protected void release(Path goneFolder) throws IOException {
        Path mounted = Objects.requireNonNull(goneFolder.getParent());
        String failure = run("umount", mounted.toString());
        if (!failure.isEmpty()) {
            throw new IOException("cannot unmount: " + failure);
        }
        remove(Objects.requireNonNull(mounted.getParent()));
    }

    private static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("mounted"));
        Files.deleteIfExists(folder.resolve("image"));
        Files.delete(folder);
    }

    /** What a command says when it fails, else nothing. */
    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? "" : output.strip() + " (exit code " + process.exitValue() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    @Override
    protected Map<String, String> differences() {
        return Differences.ofLinuxExt2();
    }
}
