package dev.powercut.kernel.contract;

import dev.powercut.kernel.vfs.ErrnoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;

/**
 * The cases on a real filesystem, through the C library: the judge of what the cases say. The super-user plays all of them, each
 * user on a thread of his own below a root of his own; somebody else only those of one ordinary user, the others are aborted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RealFileSystemContract extends PosixContract {

    private static final boolean IS_CI = "true".equals(System.getenv("CI"));

    private final Map<String, LibcCalls> users = new LinkedHashMap<>();
    private @Nullable Path folder;
    private @Nullable LibcCalls self;
    private boolean isRoot;
    private int cases;

    /** A new folder on the filesystem that is to be asked; aborts when it cannot be there. */
    protected abstract Path newFolder() throws IOException;

    /** Called when all is over and the folder is gone. */
    protected void release(Path goneFolder) throws IOException {}

    @BeforeAll
    void begin() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new TestAbortedException("the calls are those of Linux");
        }
        Path made = newFolder();
        folder = made;
        Files.createDirectory(made.resolve("root"));
        Files.createDirectory(made.resolve("done"));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(made.resolve("root"), PosixFilePermissions.fromString("rwxr-xr-x"));
        isRoot = (int) Files.getAttribute(made, "unix:uid") == 0;
        self = new LibcCalls(new LibcThread("contract"));
    }

    @AfterAll
    void end() throws IOException, InterruptedException {
        users.values().forEach(LibcCalls::close);
        if (self != null) {
            self.close();
        }
        if (folder != null) {
            // Names here may be too long for Java, and permissions such that only the tool copes.
            new ProcessBuilder("rm", "-rf", folder.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            release(folder);
        }
    }

    @Override
    protected final Stage stage() {
        try {
            return new Real();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Real implements Stage {

        private final Path base = Objects.requireNonNull(folder);
        private final Path work = base.resolve("root/w");

        Real() throws IOException {
            Files.createDirectory(work);
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
            users.values().forEach(this::enter);
        }

        private void enter(LibcCalls user) {
            user.chdir(isRoot ? "/w" : work.toString());
            user.umask(022);
        }

        @Override
        public PosixCalls user(int uid, int gid, int... groups) {
            if (!isRoot && (uid != ALICE || gid != ALICE || groups.length > 0)) {
                throw cannot("only the super-user can become another user");
            }
            return users.computeIfAbsent(uid + " " + gid + Arrays.toString(groups), key -> become(uid, gid, groups));
        }

        private LibcCalls become(int uid, int gid, int... groups) {
            LibcCalls user = new LibcCalls(new LibcThread("user " + uid));
            try {
                user.unshare(Libc.CLONE_FS | Libc.CLONE_FILES);
                if (isRoot) {
                    user.chroot(base.resolve("root").toString());
                    user.setgroups(groups);
                    user.setresgid(gid);
                    user.setresuid(uid, uid, uid);
                }
            } catch (ErrnoException e) {
                user.close();
                throw cannot("no thread can have a root or a user of its own here: " + e.getMessage());
            }
            enter(user);
            return user;
        }

        private RuntimeException cannot(String reason) {
            if (IS_CI && isRoot) {
                return new IllegalStateException(reason);
            }
            return new TestAbortedException(reason);
        }

        @Override
        public String absolute(String name) {
            return isRoot ? "/w/" + name : work.resolve(name).toString();
        }

        @Override
        public void tick() {
            Objects.requireNonNull(self).awaitNextTime();
        }

        @Override
        public void close() {
            for (LibcCalls user : users.values()) {
                user.tidy();
                user.chdir(isRoot ? "/" : base.toString());
            }
            try {
                // Removed all at once in the end.
                Files.move(work, base.resolve("done/" + cases++));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
