package dev.powercut.app;

import dev.powercut.bridge.image.ImageFile;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Sizes;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.ImageTool;
import java.io.IOException;
import java.nio.file.Files;
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

/** {@code powercut mkfs}. */
@Command(
        name = "mkfs",
        mixinStandardHelpOptions = true,
        description = "Makes a filesystem in an image file.",
        footer = {"", "Example: powercut mkfs --type ${example.type} --size 8M --block-size 1K disk.img"})
final class MkfsCommand implements Callable<Integer> {

    private static final int SECTOR_BYTES = 512;

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE",
            description = "Type of filesystem, such as ${example.type}.")
    private String type = "";

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "Size of the image, such as 8M (default: that of the file).")
    private @Nullable String size;

    @Option(
            names = "--block-size",
            paramLabel = "SIZE",
            description = "Block size, such as 1K (default: what suits the size).")
    private @Nullable String blockSize;

    @Option(names = "--inodes", paramLabel = "N", description = "How many inodes (default: what suits the size).")
    private @Nullable Long inodes;

    @Option(
            names = "--journal-size",
            paramLabel = "SIZE",
            description = "Size of the journal, for types that have one.")
    private @Nullable String journalSize;

    @Option(
            names = {"-O", "--options"},
            paramLabel = "K=V,…",
            description = "Further options of the type; 'list' lists them.")
    private String options = "";

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The image; made if it does not exist.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        ImageTool tool = Installed.imageTool(type);
        if (options.equals("list")) {
            tool.formatOptions().forEach(terminal.out()::println);
            return ExitCodes.NOTHING_FOUND;
        }
        if (file == null) {
            throw new UsageException("mkfs needs a FILE, such as disk.img; only -O list does without");
        }
        Path path = file;
        boolean existed = Files.exists(path);
        if (size == null && !existed) {
            throw new UsageException(path + " does not exist; give --size to make it, such as --size 8M");
        }
        boolean made = false;
        try (ImageFile image = open(path, terminal)) {
            List<String> lines = tool.format(image, request(image.sectorCount() * SECTOR_BYTES));
            made = true;
            lines.forEach(terminal.out()::println);
        } catch (IllegalArgumentException e) {
            throw new UsageException(path + ": " + e.getMessage(), e);
        } finally {
            if (!made && !existed) {
                Files.deleteIfExists(path);
            }
        }
        return ExitCodes.NOTHING_FOUND;
    }

    private ImageFile open(Path path, Terminal terminal) {
        if (size == null) {
            return ImageOptions.open(path, false, terminal.err());
        }
        long sizeBytes = Sizes.parse(size);
        if (sizeBytes < SECTOR_BYTES || sizeBytes % SECTOR_BYTES != 0) {
            throw new UsageException("--size " + size + " is not a positive multiple of " + SECTOR_BYTES + " bytes");
        }
        return ImageFile.create(path, sizeBytes);
    }

    private FormatRequest request(long sizeBytes) {
        long blockSizeBytes = blockSize == null ? 0 : Sizes.parse(blockSize);
        if (blockSizeBytes > Integer.MAX_VALUE) {
            throw new UsageException("--block-size " + blockSize + " is too large; 1K, 2K and 4K are usual");
        }
        List<String> all = new ArrayList<>();
        if (inodes != null) {
            all.add("inodes=" + inodes);
        }
        if (journalSize != null) {
            all.add("journal-size=" + Sizes.parse(journalSize));
        }
        if (!options.isEmpty()) {
            all.add(options);
        }
        return new FormatRequest(sizeBytes, (int) blockSizeBytes, String.join(",", all));
    }
}
