package dev.powercut.campaign;

import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.check.workload.ScriptException;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Workload;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Workloads by the names that people give. */
final class Workloads {

    private Workloads() {}

    /** @throws UsageException when there is no such workload, or its script cannot be read */
    static Workload of(String name, int operations) {
        if (name.equals(RunConfiguration.RANDOM)) {
            return new RandomWorkload(operations);
        }
        if (name.startsWith(RunConfiguration.SCRIPT_PREFIX)) {
            return script(Path.of(name.substring(RunConfiguration.SCRIPT_PREFIX.length())));
        }
        throw Named.unknown(
                "workload", name, List.of(RunConfiguration.RANDOM, RunConfiguration.SCRIPT_PREFIX + "FILE"));
    }

    private static Workload script(Path file) {
        try {
            return ScriptWorkload.parse(file.toString(), Files.readString(file));
        } catch (ScriptException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no script " + file, e);
        } catch (CharacterCodingException e) {
            throw new UsageException("script " + file + " is not text in UTF-8", e);
        } catch (IOException e) {
            throw new UsageException("script " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
