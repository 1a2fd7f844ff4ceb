package dev.powercut.app;

import dev.powercut.campaign.FileErrors;
import dev.powercut.campaign.OutputException;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.CaseFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where the files of a run go. */
final class OutputFolder {

    private static final Path RUNS = Path.of("reports", "runs");

    /** A file that is locked while a run writes to its folder. */
    private static final String LOCK = ".powercut.lock";

    /** The folders that this process writes to; they are its own until it ends. */
    private static final Map<Path, FileChannel> CLAIMED = new ConcurrentHashMap<>();

    private OutputFolder() {}

    /** The folder that was asked for, or one below {@code reports/runs} whose name says what was run. */
    static Path of(@Nullable Path asked, RunConfiguration run, String seeds) {
        if (asked != null) {
            return asked;
        }
        String name = run.target()
                + (seeds.matches("-?\\d+") ? "-seed" : "-seeds")
                + seeds
                + (run.defect() == null ? "" : "-" + run.defect())
                + unusual(run);
        return RUNS.resolve(name.replaceAll("[^A-Za-z0-9._,=-]", "_"));
    }

    /** What is not as usual in a run, so that two runs that differ do not write to one folder. */
    private static String unusual(RunConfiguration run) {
        RunConfiguration usual = RunConfiguration.of(run.target(), run.seed());
        return part("workload", run.workload(), usual.workload())
                + part("operations", run.operations(), usual.operations())
                + part("crash", run.crash(), usual.crash())
                + part("size", run.format().sizeBytes(), usual.format().sizeBytes())
                + part(
                        "block-size",
                        run.format().blockSizeBytes(),
                        usual.format().blockSizeBytes())
                + part("format", run.format().options(), usual.format().options())
                + part("mount", run.mountOptions(), usual.mountOptions())
                + part("states", run.states(), usual.states())
                + part("recovery-depth", run.recoveryDepth(), usual.recoveryDepth())
                + (run.fault() == null ? "" : "-fault=" + run.fault());
    }

    private static String part(String name, Object value, Object usual) {
        return value.equals(usual) ? "" : "-" + name + "=" + value;
    }

    /**
     * Makes the folder, sees that files can be made in it, so that a long run does not end with nowhere to write, and that no other
     * process writes to it, so that two runs do not mix.
     *
     * @throws UsageException when that is not so
     */
    static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".powercut-", ".tmp"));
            claim(folder);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("the output folder " + folder + " is a file; give another with --out", e);
        } catch (IOException e) {
            throw new UsageException(
                    "the output folder " + folder + " cannot be written (" + FileErrors.reason(e)
                            + "); give another with --out",
                    e);
        }
    }

    private static void claim(Path folder) throws IOException {
        Path key = folder.toRealPath();
        if (CLAIMED.containsKey(key)) {
            return;
        }
        Path file = folder.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new UsageException("another run is writing to the output folder " + folder
                    + "; wait for its end, or give another folder with --out");
        }
        CLAIMED.put(key, channel);
        file.toFile().deleteOnExit();
    }

    /**
     * Removes the findings that an earlier run saved there: a page that says PASS must have none beside it.
     *
     * @throws UsageException when one cannot be removed
     */
    static void removeFindings(Path folder) {
        try (DirectoryStream<Path> findings = Files.newDirectoryStream(folder, "finding-*")) {
            for (Path finding : findings) {
                Files.deleteIfExists(finding.resolve(CaseFile.NAME));
                Files.deleteIfExists(finding.resolve(CaseFile.NOTE));
                if (isEmpty(finding)) {
                    Files.delete(finding);
                }
            }
        } catch (IOException e) {
            throw new UsageException(
                    "the findings of an earlier run in " + folder + " cannot be removed (" + FileErrors.reason(e)
                            + "); give another folder with --out",
                    e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    static OutputException caseNotWritten(Path folder, IOException e) {
        return new OutputException(
                "the case could not be written to " + folder + " (" + FileErrors.reason(e)
                        + "); give another folder with --out",
                List.of(),
                e);
    }
}
