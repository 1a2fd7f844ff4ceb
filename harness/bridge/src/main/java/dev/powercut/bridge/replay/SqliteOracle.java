package dev.powercut.bridge.replay;

import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.WriteLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An SQLite database with one table, to which each transaction adds the row that has its number, by marks {@code commit:<n>}.
 * SQLite itself opens what was recovered, rolls back where a journal says so, and is asked for its own integrity check and for
 * the rows. Right are rows 1 to n-1, n or n+1: with synchronous=FULL the last commit may still roll back, as SQLite does not
 * sync the directory after it has deleted its journal, and the next one may be complete without having returned.
 */
final class SqliteOracle implements TreeOracle {

    private static final String PROGRAM = "sqlite3";
    private static final Pattern MARK = Pattern.compile("commit:(\\d+)");

    /** First bytes of every database ("Database File Format", section 1.3). */
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final MarkTimeline marks;
    private final boolean programFound;

    /** What SQLite said, by contents of the database and of its journal. */
    private final Map<String, Answer> answers = new TreeMap<>();

    SqliteOracle(WriteLog log) {
        marks = new MarkTimeline(log, text -> MARK.matcher(text).matches(), text -> text.startsWith("begin:"));
        programFound = marks.markCount() == 0 || isInstalled();
    }

    private static boolean isInstalled() {
        try {
            Path folder = ExternalCommand.scratchFolder();
            try {
                return ExternalCommand.run(List.of(PROGRAM, "-version"), folder).exitCode() == 0;
            } catch (IOException e) {
                // There is no such program: the summary says so.
                return false;
            } finally {
                ExternalCommand.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for " + PROGRAM, e);
        }
    }

    /**
     * @param problem what is wrong with the database, or null
     * @param rowCount how many rows it has, -1 when it has no table yet
     * @param lastRow the largest row number
     */
    private record Answer(@Nullable String problem, long rowCount, long lastRow) {}

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public int epoch(int position) {
        return programFound ? marks.at(position) : NOTHING;
    }

    @Override
    public List<String> judge(Node.Directory root, int position) {
        Matcher mark = MARK.matcher(marks.textAt(position));
        if (!mark.matches()) {
            throw new AssertionError("the mark was chosen by this pattern");
        }
        long committed = Long.parseLong(mark.group(1));
        String path = database(root);
        if (path == null) {
            return List.of("there is no SQLite database, but transaction " + committed + " had been committed");
        }
        Answer answer = ask(root, path);
        if (answer.problem != null) {
            return List.of(path + ": " + answer.problem);
        }
        if (answer.lastRow != Math.max(0, answer.rowCount)) {
            return List.of(path + " has " + answer.rowCount + " rows, of which the last has number " + answer.lastRow);
        }
        if (Math.abs(answer.rowCount - committed) > 1) {
            String found = answer.rowCount < 0 ? " has no table" : " has " + answer.rowCount + " rows";
            return List.of(path + found + ", but transaction " + committed + " was the last one committed");
        }
        return List.of();
    }

    private static @Nullable String database(Node.Directory root) {
        for (Map.Entry<String, Node.RegularFile> file : TreeFiles.regular(root).entrySet()) {
            if (file.getValue().contents().sizeBytes() >= MAGIC.length
                    && file.getValue().contents().matches(0, MAGIC, MAGIC.length)) {
                return file.getKey();
            }
        }
        return null;
    }

    private Answer ask(Node.Directory root, String path) {
        Node.RegularFile database = TreeFiles.file(root, path);
        Node.RegularFile journal = TreeFiles.file(root, path + "-journal");
        if (database == null) {
            throw new AssertionError("the database was found at this path");
        }
        String key = database.contents().sha256()
                + (journal == null ? "" : journal.contents().sha256());
        Answer known = answers.get(key);
        if (known == null) {
            known = ask(database, journal);
            answers.put(key, known);
        }
        return known;
    }

    private static Answer ask(Node.RegularFile database, Node.@Nullable RegularFile journal) {
        try {
            Path folder = ExternalCommand.scratchFolder();
            try {
                Files.write(folder.resolve("db"), TreeFiles.bytes(database));
                if (journal != null) {
                    Files.write(folder.resolve("db-journal"), TreeFiles.bytes(journal));
                }
                return ask(folder);
            } finally {
                ExternalCommand.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + PROGRAM, e);
        }
    }

    private static Answer ask(Path folder) throws IOException, InterruptedException {
        ExternalCommand.Outcome tables = sql(
                folder, "pragma integrity_check; select name from sqlite_master where type = 'table' order by name;");
        List<String> said = tables.lines();
        if (tables.exitCode() != 0 || said.isEmpty() || !said.getFirst().equals("ok")) {
            return new Answer("SQLite finds it damaged: " + String.join(", ", said), 0, 0);
        }
        if (said.size() == 1) {
            return new Answer(null, -1, 0);
        }
        String table = said.get(1).replace("\"", "\"\"");
        ExternalCommand.Outcome rows = sql(folder, "select count(*), coalesce(max(rowid), 0) from \"" + table + "\";");
        if (rows.exitCode() != 0 || rows.lines().size() != 1) {
            return new Answer("SQLite cannot read it: " + String.join(", ", rows.lines()), 0, 0);
        }
        String[] numbers = rows.lines().getFirst().split("\\|", -1);
        return new Answer(null, Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    private static ExternalCommand.Outcome sql(Path folder, String statements)
            throws IOException, InterruptedException {
        return ExternalCommand.run(List.of(PROGRAM, "-batch", "-noheader", "-list", "db", statements), folder);
    }

    @Override
    public String summary() {
        return marks.markCount() + " marks about committed transactions"
                + (programFound ? "" : " not judged: the program " + PROGRAM + " is not installed");
    }
}
