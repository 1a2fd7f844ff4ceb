package dev.powercut.reports.html;

import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunReport;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the run report as {@code report.html}: one self-contained page. */
public final class HtmlReport implements ReportFormat {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, HtmlReport.class.getClassLoader(), HtmlReport.class.getPackageName());

    @Override
    public String name() {
        return "html";
    }

    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public Path write(RunReport report, Path directory) throws IOException {
        StringOutput text = new StringOutput(64 * 1024);
        TEMPLATES.render("page.jte", new Page(report), new PrintableOutput(text));
        return Files.write(directory.resolve("report.html"), text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
