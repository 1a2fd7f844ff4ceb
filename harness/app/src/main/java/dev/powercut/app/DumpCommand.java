package dev.powercut.app;

import dev.powercut.bridge.image.ImageFile;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.target.ImageTool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut dump}. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = "Shows in words what a part of an image holds.",
        footer = {"", "Example: powercut dump disk.img superblock", "         powercut dump disk.img list"})
final class DumpCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Type of filesystem, such as ${example.type} (default: what the image looks like).")
    private @Nullable String type;

    @Parameters(index = "0", paramLabel = "FILE", description = "The image.")
    private @Nullable Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "TOPIC",
            description = "What to show, such as 'superblock'; 'list' lists what there is.")
    private List<String> topic = new ArrayList<>();

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        Path path = Objects.requireNonNull(file);
        try (ImageFile image = ImageOptions.open(path, true, terminal.err())) {
            ImageTool tool = ImageOptions.tool(image, type);
            List<String> lines = topic.equals(List.of("list")) ? tool.dumpTopics() : tool.dump(image, topic);
            lines.forEach(terminal.out()::println);
        } catch (IllegalArgumentException e) {
            throw new UsageException(path + ": " + e.getMessage(), e);
        }
        return ExitCodes.NOTHING_FOUND;
    }
}
