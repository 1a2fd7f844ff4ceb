package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.check.target.ImageTool;
import dev.powercut.check.target.Target;
import java.util.List;
import java.util.ListResourceBundle;

/**
 * Names of what is installed, for the help texts: their examples are ones that work, and no text of a command names a target or
 * a report format of its own.
 */
final class InstalledNames extends ListResourceBundle {

    /** The formats that a run writes when it is not told which. */
    static List<String> defaultFormats() {
        return Installed.reportFormats().stream()
                .filter(ReportFormat::isDefault)
                .map(ReportFormat::name)
                .toList();
    }

    @Override
    protected Object[][] getContents() {
        List<String> formats =
                Installed.reportFormats().stream().map(ReportFormat::name).toList();
        return new Object[][] {
            {
                "example.target",
                first(Installed.targets().stream().map(Target::name).toList())
            },
            {
                "example.type",
                first(Installed.imageTools().stream().map(ImageTool::type).toList())
            },
            {"example.check-options", checkOptions()},
            {"example.formats", String.join(", ", formats)},
            {"example.default-formats", String.join(",", defaultFormats())},
        };
    }

    private static String checkOptions() {
        StringBuilder lines = new StringBuilder();
        for (ImageTool tool : Installed.imageTools()) {
            for (String option : tool.checkOptions()) {
                lines.append(lines.isEmpty() ? "" : "%n")
                        .append("  ")
                        .append(tool.type())
                        .append(": ")
                        .append(option);
            }
        }
        return lines.toString();
    }

    private static String first(List<String> names) {
        return names.isEmpty() ? "NAME" : names.getFirst();
    }
}
