package dev.powercut.bridge.replay;

import dev.powercut.bridge.logwrites.RecordedMark;
import dev.powercut.check.tree.FileContents;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds recovered trees and logs of marks by hand. */
final class Trees {

    private Trees() {}

    /** A log that has only marks. */
    static WriteLog marks(String... texts) {
        WriteLog log = new WriteLog(DiskImage.blank(8));
        for (int i = 0; i < texts.length; i++) {
            log.add(new LogEntry.Mark(i, new RecordedMark(texts[i])));
        }
        return log;
    }

    /** A tree of regular files, with the directories that their paths need. */
    static Node.Directory tree(Map<String, byte[]> files) {
        Map<String, Map<String, byte[]>> below = new TreeMap<>();
        List<Node.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            int slash = file.getKey().indexOf('/');
            if (slash < 0) {
                entries.add(new Node.Entry(
                        file.getKey(),
                        new Node.RegularFile(
                                attributes(Mode.REGULAR | 0644, file.getValue().length),
                                FileContents.of(file.getValue()))));
            } else {
                below.computeIfAbsent(file.getKey().substring(0, slash), name -> new TreeMap<>())
                        .put(file.getKey().substring(slash + 1), file.getValue());
            }
        }
        below.forEach((name, its) -> entries.add(new Node.Entry(name, tree(its))));
        entries.sort((a, b) -> a.name().compareTo(b.name()));
        return new Node.Directory(attributes(Mode.DIRECTORY | 0755, 1024), entries);
    }

    private static Node.Attributes attributes(int mode, long size) {
        return new Node.Attributes(12, mode, 1, 0, 0, size, 2, 0);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
