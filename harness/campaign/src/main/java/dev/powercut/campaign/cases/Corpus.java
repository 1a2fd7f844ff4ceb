package dev.powercut.campaign.cases;

import dev.powercut.campaign.FileErrors;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.Workers;
import dev.powercut.campaign.config.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of cases: {@code <target>/<name>/case.json}. */
public final class Corpus {

    private final Path folder;

    public Corpus(Path folder) {
        this.folder = folder;
    }

    /**
     * A case of the corpus.
     *
     * @param name target and name, such as {@code ext2/entry-before-inode}
     * @param folder where it lies
     */
    public record Entry(String name, Path folder, Case saved) {}

    /**
     * What became of a case.
     *
     * @param result of the case itself
     * @param withoutDefect of its workload without the planted defect, or null when the case says nothing of that
     */
    public record Checked(
            Entry entry, CaseResult result, @Nullable CaseResult withoutDefect) {

        public boolean isAsExpected() {
            return result.outcome().isAsExpected()
                    && (withoutDefect == null || withoutDefect.outcome().isAsExpected());
        }
    }

    /** Where a case of this name lies or is to lie. */
    public Path folderOf(String target, String name) {
        return folder.resolve(target).resolve(name);
    }

    /**
     * All cases of the corpus with one process, by name.
     *
     * @throws FileFormatException when one cannot be understood
     * @throws UsageException when the folder cannot be read
     */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Path target : folders(folder)) {
            for (Path one : folders(target)) {
                if (Files.exists(one.resolve(CaseFile.NAME)) && !CaseFile.isSchedule(one)) {
                    entries.add(new Entry(name(one), one, CaseFile.read(one)));
                }
            }
        }
        return entries;
    }

    /** The folders of the saved schedules of several processes, by name. */
    public List<Path> schedules() {
        return folders(folder).stream()
                .flatMap(target -> folders(target).stream())
                .filter(CaseFile::isSchedule)
                .toList();
    }

    /** What one of its folders is called: target and name. */
    public String name(Path one) {
        return folder.relativize(one).toString().replace('\\', '/');
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no corpus " + parent, e);
        } catch (NotDirectoryException e) {
            throw new UsageException("the corpus " + parent + " is a file; give a folder", e);
        } catch (IOException e) {
            throw new UsageException("the corpus " + parent + " cannot be read: " + FileErrors.reason(e), e);
        }
    }

    /**
     * Replays cases.
     *
     * @param workers how many at a time; what comes of it does not depend on it
     * @param stopped asked before each; the rest is left out once it says yes
     * @return in the order of the entries
     * @throws UsageException when a case names something that is not installed
     */
    public static List<Checked> verify(List<Entry> entries, int workers, HangWatch watch, BooleanSupplier stopped) {
        return Workers.mapUntil(stopped, entries, workers, entry -> verify(entry, watch));
    }

    private static Checked verify(Entry entry, HangWatch watch) {
        CaseSetup.check(entry.folder());
        CaseReplay replay = CaseReplay.of(entry.saved(), watch).readFrom(entry.folder());
        CaseResult result = replay.run();
        return new Checked(entry, result, entry.saved().passesWithoutDefect() ? replay.withoutDefect() : null);
    }
}
