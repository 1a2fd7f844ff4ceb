package dev.powercut.campaign;

import dev.powercut.check.ace.AceSpace;
import dev.powercut.check.litmus.LitmusTest;
import dev.powercut.check.litmus.LitmusTests;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.check.workload.Workload;
import dev.powercut.kernel.KernelOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workloads by the names that people give. */
final class Workloads {

    private Workloads() {}

    /** @throws UsageException when there is no such workload, or its script cannot be read */
    static Workload of(String name, int operations) {
        if (name.equals(RunConfiguration.RANDOM)) {
            return new RandomWorkload(operations);
        }
        if (name.startsWith(RunConfiguration.SCRIPT_PREFIX)) {
            return ScriptFile.read(name.substring(RunConfiguration.SCRIPT_PREFIX.length()));
        }
        if (isAce(name)) {
            return ace(name);
        }
        if (name.startsWith(RunConfiguration.LITMUS_PREFIX)) {
            return litmus(name.substring(RunConfiguration.LITMUS_PREFIX.length()));
        }
        throw Named.unknown(
                "workload",
                name,
                List.of(RunConfiguration.RANDOM, RunConfiguration.ACE, RunConfiguration.SCRIPT_PREFIX + "FILE"));
    }

    /**
     * What the kernel does by itself while a workload runs. Where every persistence point is enumerated it writes nothing back
     * by itself; else it does so at moments that the choices pick.
     */
    static KernelOptions kernelOptions(String name) {
        KernelOptions usual = KernelOptions.DEFAULT;
        return isAce(name) ? new KernelOptions(usual.pageLimit(), usual.metadataBufferLimit(), false) : usual;
    }

    /** The litmus test that a workload is; null when it is something else. */
    static @Nullable LitmusTest litmusTest(String workload) {
        for (LitmusTest test : LitmusTests.all()) {
            if (workload.equals(RunConfiguration.LITMUS_PREFIX + test.name())) {
                return test;
            }
        }
        return null;
    }

    private static Workload litmus(String name) {
        LitmusTest test = litmusTest(RunConfiguration.LITMUS_PREFIX + name);
        if (test != null) {
            return test.script();
        }
        throw Named.unknown(
                "litmus test",
                name,
                LitmusTests.all().stream().map(LitmusTest::name).toList());
    }

    static boolean isAce(String name) {
        return name.equals(RunConfiguration.ACE) || name.startsWith(RunConfiguration.ACE + ":");
    }

    private static Workload ace(String name) {
        String[] parts = name.split(":", -1);
        try {
            if (parts.length == 3) {
                return new AceSpace(Integer.parseInt(parts[1])).workload(Long.parseLong(parts[2]));
            }
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "workload " + name + ": '" + RunConfiguration.ACE + ":LENGTH:INDEX' takes numbers", e);
        } catch (IllegalArgumentException e) {
            throw new UsageException("workload " + name + ": " + e.getMessage(), e);
        }
        throw new UsageException("workload " + name + " is not a single one; give '" + RunConfiguration.ACE
                + ":LENGTH:INDEX', such as ace:2:17, or run them all with 'powercut run --workload ace --length 2'");
    }
}
