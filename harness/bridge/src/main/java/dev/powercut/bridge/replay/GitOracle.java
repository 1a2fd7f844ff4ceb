package dev.powercut.bridge.replay;

import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.WriteLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A git repository, by marks {@code synced:<tree>:<commit>}: HEAD is at the commit, and the commit, its tree and all that they
 * refer to can be read and have their right hashes. It holds until the next {@code begin}.
 */
final class GitOracle implements TreeOracle {

    private static final Pattern MARK = Pattern.compile("synced:([0-9a-f]{40}):([0-9a-f]{40})");

    private final MarkTimeline marks;

    GitOracle(WriteLog log) {
        marks = new MarkTimeline(log, text -> MARK.matcher(text).matches(), text -> text.startsWith("begin:"));
    }

    @Override
    public String name() {
        return "git";
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
        String tree = mark.group(1);
        String commit = mark.group(2);
        Node.Directory folder = gitFolder(root);
        if (folder == null) {
            return List.of("there is no git repository, but commit " + commit + " was synced");
        }
        String head = head(folder);
        if (!head.equals(commit)) {
            return List.of("HEAD is at '" + head + "', but commit " + commit + " was synced");
        }
        return new GitObjects(folder).problems(commit, tree);
    }

    /** The first folder {@code .git}, looked for from the top. */
    private static Node.@Nullable Directory gitFolder(Node.Directory directory) {
        if (TreeFiles.entry(directory, ".git") instanceof Node.Directory folder) {
            return folder;
        }
        for (Node.Entry entry : directory.entries()) {
            if (entry.node() instanceof Node.Directory below && !entry.name().equals("lost+found")) {
                Node.Directory folder = gitFolder(below);
                if (folder != null) {
                    return folder;
                }
            }
        }
        return null;
    }

    /** The commit that HEAD names, directly or through a branch; what stands there instead when it names none. */
    private static String head(Node.Directory folder) {
        String head = text(folder, "HEAD");
        return head.startsWith("ref: ") ? text(folder, head.substring("ref: ".length())) : head;
    }

    private static String text(Node.Directory folder, String path) {
        Node.RegularFile file = TreeFiles.file(folder, path);
        return file == null || file.contents().sizeBytes() > 4096
                ? "no file " + path
                : new String(TreeFiles.bytes(file), StandardCharsets.UTF_8).strip();
    }

    @Override
    public String summary() {
        return marks.markCount() + " marks about a git commit and its objects";
    }
}
