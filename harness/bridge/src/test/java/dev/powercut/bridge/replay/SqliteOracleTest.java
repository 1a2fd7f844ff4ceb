package dev.powercut.bridge.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOracleTest {

    @TempDir
    Path folder;

    /** A database of rows 1 to count, made by SQLite itself. */
    private byte[] database(int count) throws Exception {
        StringBuilder sql = new StringBuilder("create table t(i integer primary key, v text);");
        for (int i = 1; i <= count; i++) {
            sql.append("insert into t values(").append(i).append(", hex(randomblob(300)));");
        }
        return made(sql.toString());
    }

    private byte[] made(String sql) throws Exception {
        Path file = folder.resolve("made");
        Files.deleteIfExists(file);
        try {
            assertEquals(
                    0,
                    ExternalCommand.run(List.of("sqlite3", file.toString(), sql), folder)
                            .exitCode());
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                fail("sqlite3 is not installed (Debian package sqlite3)");
            }
            assumeTrue(false, "sqlite3 is not installed (Debian package sqlite3)");
        }
        return Files.readAllBytes(file);
    }

    private static List<String> judge(String mark, byte[] database) {
        SqliteOracle oracle = new SqliteOracle(Trees.marks("begin:sqlite", mark));
        assertEquals(TreeOracle.NOTHING, oracle.epoch(1));
        assertEquals(1, oracle.epoch(2));
        return oracle.judge(Trees.tree(Map.of("some/t.db", database)), 2);
    }

    @Test
    void oneRowLessOrMoreThanCommittedIsRight() throws Exception {
        byte[] seven = database(7);
        for (int committed = 6; committed <= 8; committed++) {
            assertEquals(List.of(), judge("commit:" + committed, seven));
        }
        assertEquals(
                List.of("some/t.db has 7 rows, but transaction 9 was the last one committed"),
                judge("commit:9", seven));
        assertEquals(
                List.of("some/t.db has 7 rows, but transaction 5 was the last one committed"),
                judge("commit:5", seven));
    }

    @Test
    void databaseWithoutItsTableIsRightOnlyAtTheBeginning() throws Exception {
        byte[] without = made("create table t(i integer primary key); drop table t;");
        assertEquals(List.of(), judge("commit:0", without));
        assertTrue(judge("commit:1", without).getFirst().contains("has no table"));
        assertEquals(List.of(), judge("commit:1", database(0)));
        assertTrue(judge("commit:0", new byte[0]).getFirst().contains("no SQLite database"));
    }

    @Test
    void damagedDatabaseIsFound() throws Exception {
        byte[] bytes = database(50);
        Arrays.fill(bytes, 4096, 8192, (byte) 0x55);
        assertTrue(
                judge("commit:50", bytes).getFirst().startsWith("some/t.db: SQLite "),
                judge("commit:50", bytes).toString());
    }
}
