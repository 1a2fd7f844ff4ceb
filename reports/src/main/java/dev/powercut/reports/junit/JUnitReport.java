package dev.powercut.reports.junit;

import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunReport;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;

/** Writes the run report as {@code junit.xml}. */
public final class JUnitReport implements ReportFormat {

    @Override
    public String name() {
        return "junit";
    }

    @Override
    public Path write(RunReport report, Path directory) throws IOException {
        StringWriter text = new StringWriter();
        try {
            new SuitesWriter(XMLOutputFactory.newFactory().createXMLStreamWriter(text))
                    .write(report.title(), Suite.of(report));
        } catch (XMLStreamException e) {
            throw new IOException("the XML of the report cannot be made: " + e.getMessage(), e);
        }
        return Files.write(directory.resolve("junit.xml"), text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
