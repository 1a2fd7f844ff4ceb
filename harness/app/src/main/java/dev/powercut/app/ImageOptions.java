package dev.powercut.app;

import dev.powercut.bridge.image.ImageFile;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.target.ImageTool;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The image that a verb looks into, and what kind of filesystem is in it. */
final class ImageOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec mixee;

    @Option(names = "--image", required = true, paramLabel = "IMG", description = "The image file.")
    private @Nullable Path image;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Type of filesystem, such as ${example.type} (default: what the image looks like).")
    private @Nullable String type;

    Path path() {
        return Objects.requireNonNull(image);
    }

    /** Opens the image, and mounts it for the length of an action. */
    void mounted(boolean readOnly, MountedImage.Action action) {
        PrintWriter err = Objects.requireNonNull(mixee).commandLine().getErr();
        try (ImageFile file = open(path(), readOnly, err)) {
            ImageTool tool = tool(file, type);
            if (readOnly) {
                tool.remarks(file).forEach(remark -> err.println(path() + ": " + remark));
            }
            MountedImage.use(file, tool, readOnly, action);
        }
    }

    /** Opens an image, and says so when that is not the whole file. */
    static ImageFile open(Path path, boolean readOnly, PrintWriter err) {
        ImageFile file = readOnly ? ImageFile.openReadOnly(path) : ImageFile.open(path);
        if (file.restBytes() > 0) {
            err.println(path + ": the last " + file.restBytes()
                    + " bytes make no whole sector; they are left alone, as a loop device leaves them");
        }
        return file;
    }

    /**
     * The tool for an image: the one that is named, else the one that recognizes it.
     *
     * @throws UsageException when there is no such tool, or none or several recognize the image
     */
    static ImageTool tool(ImageFile file, @Nullable String type) {
        if (type != null) {
            return Installed.imageTool(type);
        }
        List<ImageTool> found = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (ImageTool tool : Installed.imageTools()) {
            all.add(tool.type());
            if (tool.recognizes(file)) {
                found.add(tool);
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        String looks = found.isEmpty()
                ? "looks like none of the filesystems that there are (" + String.join(", ", all) + ")"
                : "looks like more than one filesystem ("
                        + String.join(", ", found.stream().map(ImageTool::type).toList()) + ")";
        throw new UsageException(file.path() + ": " + looks + "; name its type with --type");
    }
}
