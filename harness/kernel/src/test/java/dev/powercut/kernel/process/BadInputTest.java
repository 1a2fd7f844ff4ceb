package dev.powercut.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.DescriptorCalls;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.stream.FileStream;
import dev.powercut.kernel.stream.Stdio;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFlags;
import java.lang.reflect.InvocationTargetException;
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
            "clockNanos",
            "getpid",
            "getppid",
            "getpgrp",
            "gettid",
            "umask",
            "sync",
            "yield",
            "exit",
            "exitAtOnce",
            "abort",
            "arguments",
            "memory",
            "signals",
            "threads",
            "toString",
            "hashCode",
            "equals",
            "address",
            "isatty",
            "newMutex",
            "newCondition",
            "sigpending",
            "streams",
            "stdin",
            "stdout",
            "stderr");

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

    /** What the processor or the C library does not survive. */
    @TestFactory
    Stream<DynamicTest> everyBadAccessKillsTheProcessByItsSignal() {
        return BadLibraryCalls.killed().stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    Rig.Ran ran = new Rig().run(self -> {
                        row.body().play(self, BadCalls.Stage.of(self));
                        return 0;
                    });
                    assertEquals(row.signal(), ran.well().result().termSignal(), row::toString);
                    List<String> reports = ran.kernel().reports().stream()
                            .map(Report::toString)
                            .toList();
                    assertEquals(row.report().isEmpty() ? List.of() : List.of("main(2): " + row.report()), reports);
                }));
    }

    /** A call with null where something belongs fails or kills the process: it is never the harness that fails. */
    @TestFactory
    Stream<DynamicTest> everyNullIsRefused() {
        return Stream.of(
                        DescriptorCalls.class,
                        Process.class,
                        AddressedCalls.class,
                        UserProcess.class,
                        Memory.class,
                        Signals.class,
                        Threads.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                // Null is SIG_DFL.
                .filter(method -> !method.getName().equals("signal"))
                .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(type -> !type.isPrimitive()))
                .map(method -> DynamicTest.dynamicTest(method.toGenericString(), () -> playNull(method)));
    }

    private static void playNull(Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            arguments[i] = type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
        }
        new Rig()
                .run(self -> {
                    Object on = method.getDeclaringClass() == Memory.class
                            ? self.memory()
                            : method.getDeclaringClass() == Signals.class
                                    ? self.signals()
                                    : method.getDeclaringClass() == Threads.class ? self.threads() : self;
                    try {
                        method.invoke(on, arguments);
                    } catch (InvocationTargetException thrown) {
                        Throwable cause = thrown.getCause();
                        if (cause instanceof Unwinding end) {
                            throw end;
                        }
                        assertInstanceOf(ErrnoException.class, cause);
                    } catch (IllegalAccessException hidden) {
                        throw new AssertionError(hidden);
                    }
                    return 0;
                })
                .well();
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
                Threads.class,
                Mutex.class,
                ConditionVariable.class,
                IntVariable.class,
                FileStream.class,
                Stdio.class)) {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                    calls.add(method.getName());
                }
            }
        }
        calls.removeAll(CANNOT_FAIL);
        for (BadLibraryCalls.Killed row : BadLibraryCalls.killed()) {
            calls.remove(row.call());
        }
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
                "main(2): asks for more than the 1048576 bytes of memory that it may have",
                ran.kernel().reports().getFirst().toString());
    }

    @Test
    void whatIsNotMappedIsNoLackOfMemory() {
        Rig.Ran ran = new Rig().run(self -> {
            for (int i = 0; i < ProcessLimits.DEFAULT.refusals() + 1; i++) {
                try {
                    self.memory().mprotect(0x10_0000, 4096, 1);
                } catch (ErrnoException nothingThere) {
                    assertEquals(12, nothingThere.errno().number());
                }
            }
            return 0;
        });
        assertEquals(0, ran.well().result().status());
        assertEquals(List.of(), ran.kernel().reports());
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
