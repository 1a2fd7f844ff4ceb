package dev.powercut.app;

import dev.powercut.bridge.image.ImageFile;
import dev.powercut.campaign.Installed;
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
        footer = {
            "",
            "Example: powercut dump --type ${example.type} disk.img superblock",
            "         powercut dump --type ${example.type} disk.img list"
        })
final class DumpCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE",
            description = "Type of filesystem, such as ${example.type}.")
    private String type = "";

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
        ImageTool tool = Installed.imageTool(type);
        if (topic.equals(List.of("list"))) {
            tool.dumpTopics().forEach(terminal.out()::println);
            return ExitCodes.NOTHING_FOUND;
        }
        Path path = Objects.requireNonNull(file);
        try (ImageFile image = ImageFile.openReadOnly(path)) {
            tool.dump(image, topic).forEach(terminal.out()::println);
        } catch (IllegalArgumentException e) {
            throw new UsageException(path + ": " + e.getMessage(), e);
        }
        return ExitCodes.NOTHING_FOUND;
    }
}
