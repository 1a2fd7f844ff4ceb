package dev.powercut.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.powercut.campaign.RunReport.Exploration;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports on a disk with room for four blocks of 8 KiB. */
class ReportFilesTest {

    private static final int BLOCK_BYTES = 8 << 10;

    private static final RunReport REPORT = new RunReport("", "", null, "", List.of(), Exploration.NONE, List.of(), 0);

    private FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private Path folder = disk.getPath("/");

    @BeforeEach
    void mountSmallDisk() throws IOException {
        disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(BLOCK_BYTES)
                .setMaxSize(4 * BLOCK_BYTES)
                .setMaxCacheSize(0)
                .build());
        folder = Files.createDirectory(disk.getPath("/out"));
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    /** A format that writes so many bytes. */
    private record Sized(String name, int bytes) implements ReportFormat {
        @Override
        public Path write(RunReport report, Path directory) throws IOException {
            return Files.write(directory.resolve("report." + name), new byte[bytes]);
        }
    }

    @Test
    void whatDoesNotFitIsSaidAndTheOthersAreSavedWhole() throws IOException {
        OutputException e = assertThrows(
                OutputException.class,
                () -> ReportFiles.write(
                        REPORT, List.of(new Sized("a", 100), new Sized("big", 100_000), new Sized("b", 200)), folder));

        assertTrue(String.valueOf(e.getMessage()).contains("as big ("), e::getMessage);
        assertTrue(String.valueOf(e.getMessage()).contains("saved: /out/report.a, /out/report.b"), e::getMessage);
        assertEquals(List.of(folder.resolve("report.a"), folder.resolve("report.b")), e.saved());
        assertEquals(List.of("report.a", "report.b"), namesIn(folder));
    }

    @Test
    void reportOfAnEarlierRunIsReplacedWholeOrStays() throws IOException {
        Files.write(folder.resolve("report.a"), new byte[10]);

        assertThrows(OutputException.class, () -> ReportFiles.write(REPORT, List.of(new Sized("a", 100_000)), folder));
        assertEquals(10, Files.size(folder.resolve("report.a")));

        ReportFiles.write(REPORT, List.of(new Sized("a", 20)), folder);
        assertEquals(20, Files.size(folder.resolve("report.a")));
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
