package dev.powercut.targets.ext;

import dev.powercut.sim.disk.DiskImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** An image mounted by Linux as ext2, behind a loop device, until it is closed. */
public final class LoopMount implements AutoCloseable {

    private final Path folder;
    private final Path root;

    /** Aborts the test where this user or this machine cannot mount. */
    public LoopMount(DiskImage image) throws IOException {
        this(image, "loop");
    }

    /** @param options of mount(8), {@code loop} among them */
    public LoopMount(DiskImage image, String options) throws IOException {
        this(image, "ext2", options);
    }

    /** An image mounted as one of the types that Linux knows. */
    LoopMount(DiskImage image, String type, String options) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new TestAbortedException("only the super-user can mount");
        }
        folder = Files.createTempDirectory("powercut-ext2");
        Path file = folder.resolve("image");
        E2fsprogs.write(image, file);
        root = Files.createDirectory(folder.resolve("mounted"));
        String failure = run("mount", "-t", type, "-o", options, file.toString(), root.toString());
        if (!failure.isEmpty()) {
            remove();
            throw new TestAbortedException("no " + type + " can be mounted here: " + failure);
        }
    }

    public Path root() {
        return root;
    }

    /** What a command prints, which must succeed. */
    public static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (await(process) != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output;
    }

    /** What a command says when it fails, else nothing. */
    private static String run(String... command) {
        try {
            output(command);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What is on the disk now, while it is mounted. */
    DiskImage read() throws IOException {
        return DiskImage.of(Files.readAllBytes(folder.resolve("image")));
    }

    /** Unmounts, and gives what the kernel left. */
    DiskImage closeAndRead() throws IOException {
        output("umount", root.toString());
        DiskImage left = DiskImage.of(Files.readAllBytes(folder.resolve("image")));
        remove();
        return left;
    }

    @Override
    public void close() throws IOException {
        output("umount", root.toString());
        remove();
    }

    private void remove() throws IOException {
        Files.deleteIfExists(folder.resolve("mounted"));
        Files.deleteIfExists(folder.resolve("image"));
        Files.delete(folder);
    }
}
