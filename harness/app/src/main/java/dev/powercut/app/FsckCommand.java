package dev.powercut.app;

import dev.powercut.bridge.image.ImageFile;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.target.ImageTool;
import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.check.target.ImageTool.CheckReport;
import dev.powercut.check.target.ImageTool.CheckRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut fsck}, with the exit codes of e2fsck. */
@Command(
        name = "fsck",
        mixinStandardHelpOptions = true,
        description = "Checks the filesystem in an image file, always in full, and mends it if asked to.",
        exitCodeOnInvalidInput = ExitCodes.FSCK_USAGE,
        footer = {
            "",
            "Example: powercut fsck --type ${example.type} -n disk.img",
            "         powercut fsck --type ${example.type} -y -E shared=clear disk.img",
            "Extended options (-E), by type:",
            "${example.check-options}",
            "Exit codes: 0 clean, 1 errors corrected, 4 errors left, 8 operational error, 16 usage error.",
            "With -n, a superblock that only a backup can stand for is an error left; e2fsck -n says so, and gives 0.",
        })
final class FsckCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE",
            description = "Type of filesystem, such as ${example.type}.")
    private String type = "";

    @ArgGroup
    private @Nullable Mode mode;

    @Option(names = "-f", description = "Taken for the sake of habit: a check is always a full one.")
    private boolean forced;

    @Option(
            names = "-b",
            paramLabel = "BLOCK",
            description = "Use the backup superblock in this block; as -E superblock=BLOCK.")
    private @Nullable String superblock;

    @Option(
            names = "-B",
            paramLabel = "BYTES",
            description = "Block size by which -b counts; as -E block-size=BYTES. Without it, each is tried.")
    private @Nullable String blockSize;

    @Option(
            names = "-E",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Extended options; several are separated by commas.")
    private Map<String, String> extended = new TreeMap<>();

    @Option(
            names = "--json",
            description =
                    "Print one JSON object: problems with kind, inode and block (null where there is none), path, fix and text;"
                            + " exitCode; summary.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "The image.")
    private @Nullable Path file;

    /** At most one of these. */
    static final class Mode {
        @Option(names = "-n", description = "Only look (default).")
        private boolean readOnly;

        @Option(names = "-p", description = "Mend what can be mended without loss.")
        private boolean preen;

        @Option(names = "-y", description = "Mend by all means.")
        private boolean yes;

        CheckMode checkMode() {
            return yes ? CheckMode.YES : preen ? CheckMode.PREEN : CheckMode.READ_ONLY;
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        Path path = Objects.requireNonNull(file);
        ImageTool tool = Installed.imageTool(type);
        CheckMode checkMode = mode == null ? CheckMode.READ_ONLY : mode.checkMode();
        try (ImageFile image = ImageOptions.open(path, checkMode == CheckMode.READ_ONLY, terminal.err())) {
            CheckRequest request =
                    new CheckRequest(checkMode, options(), Instant.now().getEpochSecond());
            CheckReport report = tool.check(image, request);
            if (json) {
                terminal.out().println(CheckJson.of(path.toString(), report));
            } else {
                report.problems().forEach(problem -> terminal.out().println(problem.text()));
                terminal.out().println(report.summary());
            }
            return report.exitCode();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, String> options() {
        Map<String, String> options = new TreeMap<>(extended);
        if (superblock != null) {
            options.put("superblock", superblock);
        }
        if (blockSize != null) {
            options.put("block-size", blockSize);
        }
        return options;
    }
}
