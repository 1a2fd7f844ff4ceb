package dev.powercut.kernel.textbook;

import static dev.powercut.kernel.process.Rig.bytes;
import static dev.powercut.kernel.process.Rig.contents;
import static dev.powercut.kernel.process.Rig.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.process.IntVariable;
import dev.powercut.kernel.process.Program;
import dev.powercut.kernel.process.Rig;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.stream.FileStream;
import dev.powercut.kernel.stream.Stdio;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.schedule.LivelockException;
import java.util.List;

/** What processes share, and what they only seem to. */
final class SharingScenarios {

    private SharingScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.passes(
                        "after dup and fork descriptors share one offset, after a second open they do not",
                        SharingScenarios::aliasedOffsets),
                Scenario.passes(
                        "parent and child read each byte once through a shared offset",
                        SharingScenarios::bytesDealtOut),
                Scenario.judged(
                        "lines on a shared console stay whole, in any order",
                        new Rig(),
                        SharingScenarios::lines,
                        SharingScenarios::linesAreWhole),
                Scenario.isFoundOut("letters on a shared console mix", self -> letters(self)),
                Scenario.passes(
                        "what printf has buffered before fork is written twice", self -> printfBeforeFork(self, false)),
                Scenario.passes("what is flushed before fork is written once", self -> printfBeforeFork(self, true)),
                Scenario.judged(
                        "a flag in private memory never changes for the parent, which loops for ever",
                        new Rig().steps(5_000),
                        waitForFlag(Protection.MAP_PRIVATE),
                        ran -> {
                            LivelockException report = assertInstanceOf(LivelockException.class, Rig.failure(ran));
                            assertTrue(report.toString().contains("main(2): "), report::toString);
                        }),
                Scenario.passes("a flag in shared memory ends the parent's loop", waitForFlag(Protection.MAP_SHARED)));
    }

    private static int aliasedOffsets(UserProcess self) {
        file(self, "/f", "abcdef");
        int fd = self.open("/f", OpenFlags.O_RDONLY, 0);
        int alias = self.dup(fd);
        int other = self.open("/f", OpenFlags.O_RDONLY, 0);
        self.fork(child -> {
            assertEquals('a', readByte(child, fd));
            assertEquals('b', readByte(child, alias));
            assertEquals('a', readByte(child, other));
            return 0;
        });
        assertEquals(0, self.waitAny().status());
        assertEquals('c', readByte(self, alias));
        assertEquals('d', readByte(self, fd));
        assertEquals('b', readByte(self, other));
        return 0;
    }

    private static int bytesDealtOut(UserProcess self) {
        file(self, "/f", "abcdef");
        int fd = self.open("/f", OpenFlags.O_RDONLY, 0);
        int log = self.open("/log", OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_APPEND, 0644);
        Program deals = one -> {
            for (int letter = readByte(one, fd); letter >= 0; letter = readByte(one, fd)) {
                one.write(log, new byte[] {(byte) letter}, 0, 1);
            }
            return 0;
        };
        self.fork(deals);
        deals.main(self);
        self.waitAny();
        char[] seen = contents(self, "/log").toCharArray();
        java.util.Arrays.sort(seen);
        assertEquals("abcdef", new String(seen));
        return 0;
    }

    private static int readByte(UserProcess self, int fd) {
        byte[] one = new byte[1];
        return self.read(fd, one, 0, 1) == 0 ? -1 : one[0];
    }

    private static int lines(UserProcess self) {
        for (String name : new String[] {"left", "right"}) {
            self.fork(name, child -> {
                for (int i = 1; i <= 3; i++) {
                    byte[] line = bytes(name + " " + i + "\n");
                    child.write(1, line, 0, line.length);
                }
                return 0;
            });
        }
        Rig.waitAll(self, 2);
        return 0;
    }

    private static void linesAreWhole(Rig.Ran ran) {
        Scenario.endsWell(ran);
        List<String> lines = ran.kernel().console().output().lines().toList();
        for (String name : new String[] {"left", "right"}) {
            List<String> own =
                    lines.stream().filter(line -> line.startsWith(name)).toList();
            assertEquals(List.of(name + " 1", name + " 2", name + " 3"), own);
        }
        assertEquals(6, lines.size());
    }

    /** The status says whether they have mixed. */
    private static int letters(UserProcess self) {
        int[] ends = self.pipe();
        for (String word : new String[] {"aaaa", "bbbb"}) {
            self.fork(child -> {
                for (byte letter : bytes(word)) {
                    child.write(1, new byte[] {letter}, 0, 1);
                    child.write(ends[1], new byte[] {letter}, 0, 1);
                }
                return 0;
            });
        }
        self.close(ends[1]);
        String order = Rig.readAll(self, ends[0]);
        Rig.waitAll(self, 2);
        return order.equals("aaaabbbb") || order.equals("bbbbaaaa") ? 0 : 1;
    }

    private static int printfBeforeFork(UserProcess self, boolean flushes) {
        int fd = self.open("/out", OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_APPEND, 0644);
        self.dup2(fd, 1);
        FileStream stdout = Stdio.stdout(self);
        stdout.fprintf(self, "before %s\n", "fork");
        if (flushes) {
            stdout.fflush(self);
        }
        self.fork(child -> {
            stdout.fputs(child, "child\n");
            return 0;
        });
        self.waitAny();
        stdout.fputs(self, "parent\n");
        stdout.fflush(self);
        String expected = flushes ? "before fork\nchild\nparent\n" : "before fork\nchild\nbefore fork\nparent\n";
        assertEquals(expected, contents(self, "/out"));
        return 0;
    }

    private static Program waitForFlag(int flags) {
        return self -> {
            IntVariable flag = self.memory().newInt(self.memory().mmap(4096, flags), 0);
            self.fork(child -> {
                flag.set(child, 1);
                return 0;
            });
            while (flag.get(self) == 0) {
                // Until the child has set it.
            }
            self.waitAny();
            return 0;
        };
    }
}
