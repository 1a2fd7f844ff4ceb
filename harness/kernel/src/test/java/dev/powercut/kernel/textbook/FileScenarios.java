package dev.powercut.kernel.textbook;

import static dev.powercut.kernel.process.Rig.contents;
import static dev.powercut.kernel.process.Rig.file;
import static dev.powercut.kernel.process.Rig.writeAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.process.Rig;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.RecordLock;
import java.util.List;

/** Files that several processes change. */
final class FileScenarios {

    private static final int WRITERS = 3;

    private FileScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.passes(
                        "a file that writers replace by rename is whole whenever it is read",
                        self -> replacing(self, true)),
                Scenario.isFoundOut(
                        "a file that writers write in place is seen half written", self -> replacing(self, false)),
                Scenario.passes("a counter under a lock file made with O_EXCL loses nothing", FileScenarios::lockFiles),
                Scenario.isFoundOut(
                        "a counter under a lock file that is looked for and then made loses updates",
                        FileScenarios::carelessLockFiles),
                Scenario.passes("a counter under a record lock loses nothing", FileScenarios::recordLocks),
                Scenario.passes("lines that are appended are neither lost nor mixed", FileScenarios::appending));
    }

    private static String version(int writer) {
        return ("version " + writer + " ").repeat(20);
    }

    /** The status says whether a reader saw something else than a version. */
    private static int replacing(UserProcess self, boolean renames) {
        file(self, "/config", version(0));
        for (int i = 1; i <= WRITERS; i++) {
            int writer = i;
            self.fork("writer" + i, child -> {
                String path = renames ? "/config." + child.getpid() : "/config";
                int fd = child.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC, 0644);
                String text = version(writer);
                writeAll(child, fd, text.substring(0, 50));
                writeAll(child, fd, text.substring(50));
                child.fsync(fd);
                child.close(fd);
                if (renames) {
                    child.rename(path, "/config");
                }
                return 0;
            });
        }
        int torn = 0;
        for (int i = 0; i < 5; i++) {
            String seen = contents(self, "/config");
            torn += isVersion(seen) ? 0 : 1;
        }
        Rig.waitAll(self, WRITERS);
        if (renames) {
            assertTrue(isVersion(contents(self, "/config")));
        }
        return torn;
    }

    private static boolean isVersion(String text) {
        for (int i = 0; i <= WRITERS; i++) {
            if (text.equals(version(i))) {
                return true;
            }
        }
        return false;
    }

    private static int lockFiles(UserProcess self) {
        return count(
                self,
                child -> {
                    while (true) {
                        try {
                            child.close(child.open(
                                    "/lock", OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL, 0600));
                            return;
                        } catch (ErrnoException taken) {
                            assertEquals(Errno.EEXIST, taken.errno());
                            child.yield();
                        }
                    }
                },
                child -> child.unlink("/lock"));
    }

    private static int carelessLockFiles(UserProcess self) {
        return count(
                self,
                child -> {
                    while (exists(child, "/lock")) {
                        child.yield();
                    }
                    child.close(child.creat("/lock", 0600));
                },
                child -> {
                    if (exists(child, "/lock")) {
                        try {
                            child.unlink("/lock");
                        } catch (ErrnoException gone) {
                            // The other one has removed it.
                        }
                    }
                });
    }

    private static boolean exists(UserProcess self, String path) {
        try {
            self.access(path, 0);
            return true;
        } catch (ErrnoException no) {
            return false;
        }
    }

    private static int recordLocks(UserProcess self) {
        file(self, "/guard", "");
        int fd = self.open("/guard", OpenFlags.O_RDWR, 0);
        return count(
                self,
                child -> child.fcntl(fd, FileControl.F_SETLKW, RecordLock.of(RecordLock.WRITE, 0, 1)),
                child -> child.fcntl(fd, FileControl.F_SETLK, RecordLock.of(RecordLock.NONE, 0, 1)));
    }

    private interface Step {
        void take(UserProcess self);
    }

    /** Each of three children adds 2 to a number in a file; the status is how many updates were lost. */
    private static int count(UserProcess self, Step enter, Step leave) {
        file(self, "/count", "0");
        for (int i = 0; i < 3; i++) {
            self.fork(child -> {
                for (int j = 0; j < 2; j++) {
                    enter.take(child);
                    int count = Integer.parseInt(contents(child, "/count"));
                    int fd = child.open("/count", OpenFlags.O_WRONLY, 0);
                    writeAll(child, fd, Integer.toString(count + 1));
                    child.close(fd);
                    leave.take(child);
                }
                return 0;
            });
        }
        Rig.waitAll(self, 3);
        return 6 - Integer.parseInt(contents(self, "/count"));
    }

    private static int appending(UserProcess self) {
        for (String name : new String[] {"left", "right"}) {
            self.fork(child -> {
                int fd = child.open("/log", OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_APPEND, 0644);
                for (int i = 1; i <= 3; i++) {
                    writeAll(child, fd, name + " " + i + "\n");
                }
                return 0;
            });
        }
        Rig.waitAll(self, 2);
        List<String> lines = contents(self, "/log").lines().toList();
        assertEquals(6, lines.size());
        for (String name : new String[] {"left", "right"}) {
            assertEquals(
                    List.of(name + " 1", name + " 2", name + " 3"),
                    lines.stream().filter(line -> line.startsWith(name)).toList());
        }
        return 0;
    }
}
