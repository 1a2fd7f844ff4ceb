package dev.powercut.bridge.replay;

import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.WriteLog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole tree, by marks {@code final:<hash>} and {@code synced:<count>:<hash>}: a hash over the regular files, as lines
 * {@code path hash} in ascending order of the paths, joined by newlines. It holds until the next {@code begin}.
 */
final class ManifestOracle implements TreeOracle {

    private static final Pattern MARK = Pattern.compile("(?:final|synced:(\\d+)):([0-9a-f]{64})");

    private final MarkTimeline marks;

    ManifestOracle(WriteLog log) {
        marks = new MarkTimeline(log, text -> MARK.matcher(text).matches(), text -> text.startsWith("begin:"));
    }

    @Override
    public String name() {
        return "tree";
    }

    @Override
    public int epoch(int position) {
        return marks.at(position);
    }

    @Override
    public List<String> judge(Node.Directory root, int position) {
        Matcher mark = MARK.matcher(marks.textAt(position));
        if (!mark.matches()) {
            throw new AssertionError("the mark was chosen by this pattern");
        }
        Map<String, Node.RegularFile> files = TreeFiles.regular(root);
        String count = mark.group(1);
        if (count != null && !count.equals(Integer.toString(files.size()))) {
            return List.of("the tree has " + files.size() + " regular files, but " + count + " were synced");
        }
        String found = hash(files);
        return found.equals(mark.group(2))
                ? List.of()
                : List.of("the tree of " + files.size() + " regular files has hash " + found + ", but " + mark.group(2)
                        + " was synced");
    }

    static String hash(Map<String, Node.RegularFile> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((path, file) -> {
            if (!lines.isEmpty()) {
                lines.append('\n');
            }
            lines.append(path).append(' ').append(file.contents().sha256());
        });
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String summary() {
        return marks.markCount() + " marks about the whole tree";
    }
}
