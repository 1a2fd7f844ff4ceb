package dev.powercut.bridge.logwrites;

import dev.powercut.sim.disk.LogEntry;

/** The text of a MARK entry: what whoever recorded the log wanted to be remembered at this point. */
public record RecordedMark(String text) implements LogEntry.Event {}
