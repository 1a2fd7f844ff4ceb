package dev.powercut.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.DescriptorCalls;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFlags;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each system call with arguments that it must refuse, and processes that overrun their limits. */
final class BadInputTest {

    /** Calls that cannot be refused, and methods that are no calls. */
    private static final Set<String> CANNOT_FAIL = Set.of(
            "uid",
            "gid",
            "getpid",
            "getppid",
            "getpgrp",
            "umask",
            "sync",
            "yield",
            "exit",
            "exitAtOnce",
            "abort",
            "atExit",
            "atExitLast",
            "arguments",
            "memory",
            "signals",
            "threads",
            "toString",
            "isatty",
            "gettid",
            "create",
            "newMutex",
            "newCondition",
            "alarm",
            "pause",
            "sigsuspend",
            "sigpending",
            "sigwaitinfo",
            "sigtimedwait",
            "streams",
            "free",
            "newInt",
            "getByte",
            "putByte",
            "getInt",
            "putInt",
            "getLong",
            "putLong",
            "getBytes",
            "putBytes",
            "getString",
            "putString",
            "getAndAddInt",
            "compareAndSetInt",
            "exec",
            "setgroups",
            "getcwd",
            "pipe",
            "waitAny");

    @TestFactory
    Stream<DynamicTest> everyCallRefusesBadArguments() {
        Map<String, List<BadCalls.Row>> byCall = new TreeMap<>();
        for (BadCalls.Row row : BadCalls.rows()) {
            byCall.computeIfAbsent(row.call(), call -> new ArrayList<>()).add(row);
        }
        return byCall.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> play(call.getValue())));
    }

    private static void play(List<BadCalls.Row> rows) {
        for (BadCalls.Row row : rows) {
            Rig rig = new Rig().prepare(processes -> processes.limitProcesses(3));
            WaitResult end = rig.run(self -> {
                        BadCalls.Stage stage = BadCalls.Stage.of(self);
                        ErrnoException failure = null;
                        try {
                            row.body().play(self, stage);
                        } catch (ErrnoException expected) {
                            failure = expected;
                        }
                        assertNotNull(failure, () -> row.call() + " with " + row.what() + " was not refused");
                        assertEquals(row.errno(), failure.errno(), () -> row.call() + " with " + row.what());
                        stage.requireUntouched(self);
                        return 0;
                    })
                    .well()
                    .result();
            assertEquals(0, end.status(), row::toString);
        }
    }

    @Test
    void theTableHasEveryCall() {
        Set<String> calls = new TreeSet<>();
        for (Class<?> type : List.of(
                DescriptorCalls.class,
                Process.class,
                AddressedCalls.class,
                UserProcess.class,
                Memory.class,
                Signals.class,
                Threads.class)) {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                    calls.add(method.getName());
                }
            }
        }
        calls.removeAll(CANNOT_FAIL);
        for (BadCalls.Row row : BadCalls.rows()) {
            calls.remove(row.call());
        }
        assertEquals(Set.of(), calls);
    }

    @Test
    void aProcessThatLeaksDescriptorsIsRefusedReportedAndAtLastKilled() {
        ProcessLimits limits = ProcessLimits.DEFAULT.withDescriptors(20).withRefusals(5);
        Rig.Ran ran = new Rig().limits(limits).run(self -> {
            for (int i = 3; i < 20; i++) {
                assertEquals(i, self.open("/", OpenFlags.O_RDONLY, 0));
            }
            while (true) {
                try {
                    self.open("/", OpenFlags.O_RDONLY, 0);
                } catch (ErrnoException full) {
                    assertEquals(24, full.errno().number());
                }
            }
        });
        assertEquals(9, ran.well().result().termSignal());
        assertEquals(
                List.of(
                        "main(2): has all the 20 descriptors that it may have",
                        "main(2): goes on asking for what it cannot have, and is killed"),
                ran.kernel().reports().stream().map(Report::toString).toList());
    }

    @Test
    void aProcessThatOverrunsItsMemoryIsRefusedAndReported() {
        Rig.Ran ran = new Rig()
                .limits(ProcessLimits.DEFAULT.withMemory(1 << 20))
                .run(self -> {
                    long held = 0;
                    try {
                        while (true) {
                            self.memory().allocate(10_000);
                            held += 10_000;
                        }
                    } catch (ErrnoException full) {
                        assertEquals(12, full.errno().number());
                    }
                    assertTrue(held > 900_000);
                    return 0;
                });
        assertEquals(0, ran.well().result().status());
        assertEquals(
                "main(2): has all the 1048576 bytes of memory that it may have",
                ran.kernel().reports().getFirst().toString());
    }

    @Test
    void aProcessThatTakesTooManyStepsIsKilledAndReportedAndOthersGoOn() {
        Rig.Ran ran = new Rig().limits(ProcessLimits.DEFAULT.withSteps(1_000)).run(self -> {
            self.fork("spinner", child -> {
                IntVariable never = child.memory().newInt(0);
                while (never.get(child) == 0) {
                    // For ever.
                }
                return 0;
            });
            WaitResult end = self.waitAny();
            assertEquals(24, end.termSignal());
            return 3;
        });
        assertEquals(3, ran.well().result().exitStatus());
        assertEquals(
                "spinner(3): has taken the 1000 steps that it may take, and is killed",
                ran.kernel().reports().getFirst().toString());
    }

    @Test
    void theMachinesTableOfOpenFilesIsFullForAll() {
        Rig rig = new Rig();
        Rig.Ran ran = rig.prepare(processes -> processes.vfs().limitOpenFiles(5))
                .run(self -> {
                    List<Integer> open = new ArrayList<>();
                    try {
                        while (true) {
                            open.add(self.open("/", OpenFlags.O_RDONLY, 0));
                        }
                    } catch (ErrnoException full) {
                        assertEquals(23, full.errno().number());
                    }
                    // The console is one.
                    assertEquals(4, open.size());
                    self.dup(open.getFirst());
                    self.close(open.removeLast());
                    try {
                        self.pipe();
                    } catch (ErrnoException full) {
                        assertEquals(23, full.errno().number());
                    }
                    return self.open("/", OpenFlags.O_RDONLY, 0) > 0 ? 0 : 1;
                });
        assertEquals(0, ran.well().result().status());
    }
}
