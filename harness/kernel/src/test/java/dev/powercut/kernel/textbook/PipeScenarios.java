package dev.powercut.kernel.textbook;

import static dev.powercut.kernel.process.Rig.bytes;
import static dev.powercut.kernel.process.Rig.file;
import static dev.powercut.kernel.process.Rig.readAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.process.Processes;
import dev.powercut.kernel.process.Rig;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.stream.FileStream;
import dev.powercut.kernel.stream.Stdio;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.DeadlockException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What flows through pipes, and what does not. */
final class PipeScenarios {

    private PipeScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.passes(
                        "a consumer gets all records of two producers, each one's in order",
                        PipeScenarios::producersAndConsumer),
                Scenario.isFoundOut(
                        "a consumer that takes short reads for whole ones loses its place",
                        PipeScenarios::carelessConsumer),
                Scenario.judged(
                        "a pipe never ends for a reader that has left a writing end open",
                        new Rig(),
                        self -> wordThroughPipe(self, false),
                        ran -> {
                            DeadlockException report = assertInstanceOf(DeadlockException.class, Rig.failure(ran));
                            assertTrue(
                                    report.toString().contains("task main(2) waits for pipe 1, held by task main(2)"),
                                    report::toString);
                        }),
                Scenario.passes(
                        "a pipe ends when the reader has closed its writing end", self -> wordThroughPipe(self, true)),
                Scenario.judged("find | grep | wc counts what it should", rig(), PipeScenarios::shell, ran -> {
                    Scenario.endsWell(ran);
                    assertEquals("3\n", ran.kernel().console().output());
                }));
    }

    private static final int RECORD_BYTES = 4;

    private static int producersAndConsumer(UserProcess self) {
        int[] ends = self.pipe();
        produce(self, ends);
        self.close(ends[1]);
        int[] next = new int[2];
        byte[] record = new byte[RECORD_BYTES];
        while (readWhole(self, ends[0], record)) {
            int producer = record[0] - 'a';
            assertEquals(next[producer]++, record[1] - '0');
        }
        assertEquals(5, next[0]);
        assertEquals(5, next[1]);
        Rig.waitAll(self, 2);
        return 0;
    }

    private static void produce(UserProcess self, int[] ends) {
        for (String name : new String[] {"a", "b"}) {
            self.fork("producer " + name, child -> {
                child.close(ends[0]);
                for (int i = 0; i < 5; i++) {
                    // Written as a whole, since it is small.
                    assertEquals(RECORD_BYTES, child.write(ends[1], bytes(name + i + "--"), 0, RECORD_BYTES));
                }
                return 0;
            });
        }
    }

    private static boolean readWhole(UserProcess self, int fd, byte[] record) {
        int done = 0;
        while (done < record.length) {
            int count = self.read(fd, record, done, record.length - done);
            if (count == 0) {
                assertEquals(0, done);
                return false;
            }
            done += count;
        }
        return true;
    }

    private static int carelessConsumer(UserProcess self) {
        int[] ends = self.pipe();
        produce(self, ends);
        self.close(ends[1]);
        byte[] record = new byte[RECORD_BYTES];
        int bad = 0;
        while (self.read(ends[0], record, 0, RECORD_BYTES) > 0) {
            bad += record[0] == 'a' || record[0] == 'b' ? 0 : 1;
        }
        Rig.waitAll(self, 2);
        return bad;
    }

    private static int wordThroughPipe(UserProcess self, boolean closes) {
        int[] ends = self.pipe();
        self.fork("writer", child -> {
            Rig.writeAll(child, ends[1], "word");
            return 0;
        });
        if (closes) {
            self.close(ends[1]);
        }
        assertEquals("word", readAll(self, ends[0]));
        self.waitAny();
        return 0;
    }

    // ---- find | grep | wc ----

    private static Rig rig() {
        return new Rig().prepare(processes -> {
            processes.install("find", PipeScenarios::find);
            processes.install("grep", PipeScenarios::grep);
            processes.install("wc", PipeScenarios::wc);
        });
    }

    /** As a shell does it for {@code find /src | grep .java | wc}. */
    private static int shell(UserProcess self) {
        for (String program : new String[] {"find", "grep", "wc"}) {
            file(self, "/" + program, Processes.script(program));
            self.chmod("/" + program, 0755);
        }
        self.mkdir("/src", 0755);
        self.mkdir("/src/deep", 0755);
        for (String name : new String[] {"/src/a.java", "/src/b.txt", "/src/deep/c.java", "/src/deep/d.java"}) {
            file(self, name, "");
        }
        int[] first = self.pipe();
        int[] second = self.pipe();
        run(self, -1, first[1], "find", "/src");
        run(self, first[0], second[1], "grep", ".java");
        run(self, second[0], -1, "wc");
        for (int end : new int[] {first[0], first[1], second[0], second[1]}) {
            self.close(end);
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(0, self.waitAny().status());
        }
        return 0;
    }

    private static void run(UserProcess self, int in, int out, String... argv) {
        self.fork(argv[0], child -> {
            if (in >= 0) {
                child.dup2(in, 0);
            }
            if (out >= 0) {
                child.dup2(out, 1);
            }
            // None of the pipes' ends may be left open.
            for (int fd = 3; fd < 7; fd++) {
                child.close(fd);
            }
            child.execve("/" + argv[0], argv);
            return 127;
        });
    }

    private static int find(UserProcess self) {
        FileStream stdout = Stdio.stdout(self);
        List<String> left = new ArrayList<>(List.of(self.arguments().get(1)));
        while (!left.isEmpty()) {
            String path = left.removeLast();
            stdout.fputs(self, path + "\n");
            if (Mode.isDirectory(self.lstat(path).mode())) {
                int fd = self.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
                for (DirectoryEntry entry : self.readdir(fd).stream()
                        .sorted(Comparator.comparing(DirectoryEntry::name))
                        .toList()) {
                    if (!entry.name().equals(".") && !entry.name().equals("..")) {
                        left.add(path + "/" + entry.name());
                    }
                }
                self.close(fd);
            }
        }
        return 0;
    }

    private static int grep(UserProcess self) {
        FileStream stdin = Stdio.stdin(self);
        FileStream stdout = Stdio.stdout(self);
        boolean found = false;
        for (String line = stdin.fgets(self, 200); line != null; line = stdin.fgets(self, 200)) {
            if (line.contains(self.arguments().get(1))) {
                stdout.fputs(self, line);
                found = true;
            }
        }
        return found ? 0 : 1;
    }

    private static int wc(UserProcess self) {
        FileStream stdin = Stdio.stdin(self);
        int lines = 0;
        while (stdin.fgets(self, 200) != null) {
            lines++;
        }
        Stdio.stdout(self).fprintf(self, "%d\n", lines);
        return 0;
    }
}
