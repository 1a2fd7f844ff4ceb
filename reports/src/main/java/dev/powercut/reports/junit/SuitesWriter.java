package dev.powercut.reports.junit;

import dev.powercut.reports.junit.Suite.Outcome;
import dev.powercut.reports.junit.Suite.TestCase;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes test suites as XML, an element a line. */
final class SuitesWriter {

    private final XMLStreamWriter xml;

    SuitesWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    void write(String title, List<Suite> suites) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        attribute("name", title);
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.ERROR)) {
            long count =
                    suites.stream().mapToLong(suite -> suite.count(outcome)).sum();
            attribute(outcome == Outcome.FAILED ? "failures" : "errors", Long.toString(count));
        }
        attribute(
                "tests",
                Long.toString(
                        suites.stream().mapToLong(suite -> suite.cases().size()).sum()));
        for (Suite suite : suites) {
            write(suite);
        }
        line(0);
        xml.writeEndElement();
        line(0);
        xml.writeEndDocument();
    }

    private void write(Suite suite) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", suite.name());
        attribute("tests", Integer.toString(suite.cases().size()));
        attribute("failures", Long.toString(suite.count(Outcome.FAILED)));
        attribute("errors", Long.toString(suite.count(Outcome.ERROR)));
        attribute("skipped", Long.toString(suite.count(Outcome.SKIPPED)));
        if (!suite.properties().isEmpty()) {
            properties(suite.properties());
        }
        for (TestCase one : suite.cases()) {
            write(suite.name(), one);
        }
        if (suite.output() != null) {
            element(2, "system-out", suite.output());
        }
        line(1);
        xml.writeEndElement();
    }

    private void properties(Map<String, String> properties) throws XMLStreamException {
        line(2);
        xml.writeStartElement("properties");
        for (Map.Entry<String, String> property : properties.entrySet()) {
            line(3);
            xml.writeEmptyElement("property");
            attribute("name", property.getKey());
            attribute("value", property.getValue());
        }
        line(2);
        xml.writeEndElement();
    }

    private void write(String suite, TestCase one) throws XMLStreamException {
        line(2);
        xml.writeStartElement("testcase");
        attribute("classname", "powercut." + suite);
        attribute("name", one.name());
        switch (one.outcome()) {
            case PASSED -> {
                if (!one.text().isEmpty()) {
                    element(3, "system-out", one.text());
                }
            }
            case SKIPPED -> {
                line(3);
                xml.writeEmptyElement("skipped");
                attribute("message", one.message());
            }
            case FAILED -> problem("failure", one);
            case ERROR -> problem("error", one);
        }
        line(2);
        xml.writeEndElement();
    }

    private void problem(String element, TestCase one) throws XMLStreamException {
        line(3);
        xml.writeStartElement(element);
        attribute("type", one.type());
        attribute("message", one.message());
        xml.writeCharacters(XmlText.legal(one.text()));
        xml.writeEndElement();
    }

    private void element(int depth, String name, String text) throws XMLStreamException {
        line(depth);
        xml.writeStartElement(name);
        xml.writeCharacters(XmlText.legal(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, XmlText.legal(value));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
