package dev.powercut.campaign;

import dev.powercut.campaign.FindingReport.Legality;
import dev.powercut.check.explore.Finding;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;

/** Shows that a device of the crash model may leave what a finding is about: what was kept, what was lost, and by which rule. */
final class LegalityProof {

    private static final int LINES = 60;

    private LegalityProof() {}

    /** @throws IllegalStateException when it may not: then the enumeration of crash states is wrong */
    static Legality of(CrashModel model, WriteLog log, Finding finding) {
        Kept kept = finding.cut().kept();
        int position = finding.position();
        String objection = model.objection(log, position, kept);
        if (objection != null) {
            throw new IllegalStateException("crash state '" + kept.text() + "' at position " + position
                    + " is not one of the model " + model.name() + ": " + objection);
        }
        List<String> keptLines = new ArrayList<>();
        List<String> lostLines = new ArrayList<>();
        int durable = Math.min(kept.wholeEntries(), model.durableEntries(log, position));
        int end = Math.min(log.size(), Math.max(position, kept.end()));
        for (int i = durable; i < end; i++) {
            LogEntry entry = log.get(i);
            long all = WriteLog.sectorCount(entry);
            long there = kept.keptSectors(i, entry);
            if (there > 0) {
                add(keptLines, words(i, entry, there, all));
            }
            if (there < all) {
                add(lostLines, words(i, entry, all - there, all));
            }
        }
        return new Legality(model.name(), kept.text(), rule(model, durable), keptLines, lostLines);
    }

    private static void add(List<String> lines, String line) {
        if (lines.size() < LINES) {
            lines.add(line);
        } else if (lines.size() == LINES) {
            lines.add("and more");
        }
    }

    private static String words(int number, LogEntry entry, long part, long all) {
        String sectors = part == all ? all + (all == 1 ? " sector" : " sectors") : part + " of " + all + " sectors";
        return switch (entry) {
            case LogEntry.Write write ->
                "entry " + number + ": " + sectors + " from " + write.sector() + ", "
                        + write.cause().kind().name();
            case LogEntry.Discard discard ->
                "entry " + number + ": discard of " + sectors + " from " + discard.sector();
            case LogEntry.Flush flush -> "entry " + number + ": flush";
            case LogEntry.Mark mark -> "entry " + number + ": mark";
        };
    }

    private static String rule(CrashModel model, int durable) {
        String since = durable == 0 ? "since the beginning" : "since entry " + (durable - 1);
        if (!model.honoursFlushes()) {
            return "this device acknowledges flushes and does nothing for them, so nothing that it was given " + since
                    + " is safe, and " + units(model);
        }
        return "nothing " + since + " had been made durable by a flush, and " + units(model);
    }

    private static String units(CrashModel model) {
        String unit = model.unit() == CrashModel.Unit.WRITE ? "write" : "sector";
        String order = model.loss() == CrashModel.Loss.TAIL
                ? "the device writes in the order in which it is told, and may stop after any " + unit
                : "the device writes in any order, so each " + unit
                        + " may be kept or lost whatever became of the others";
        return order
                + (model.leavesGarbage() ? "; a sector in flight may hold garbage" : "")
                + (model.atomicBytes() < Sector.BYTES ? "; a sector in flight may be half written" : "");
    }
}
