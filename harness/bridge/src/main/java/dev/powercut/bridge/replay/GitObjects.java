package dev.powercut.bridge.replay;

import dev.powercut.check.tree.Node;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The loose objects of a git repository, as gitrepository-layout(5) and "Git Internals - Git Objects" describe them: the file
 * {@code objects/ab/cdef…} is zlib data of {@code type size NUL contents}, whose SHA-1 is the object's name. Packs are not read:
 * git makes them only when asked or after thousands of objects.
 */
final class GitObjects {

    private static final int ID_BYTES = 20;
    private static final int OBJECT_LIMIT_BYTES = 64 << 20;

    private final Node.Directory gitFolder;

    GitObjects(Node.Directory gitFolder) {
        this.gitFolder = gitFolder;
    }

    /** What a commit and everything that it refers to lacks, a sentence each; none when all can be read. */
    List<String> problems(String commit, String tree) {
        List<String> problems = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(commit));
        while (!open.isEmpty()) {
            String id = open.poll();
            if (!seen.add(id)) {
                continue;
            }
            if (!id.matches("[0-9a-f]{40}")) {
                problems.add("'" + id + "' names no git object");
                continue;
            }
            byte[] object = read(id, problems);
            if (object != null) {
                follow(id, object, open, problems);
            }
            if (id.equals(commit) && object != null && !tree.equals(treeOf(object))) {
                problems.add("commit " + commit + " has tree " + treeOf(object) + ", but tree " + tree + " was synced");
            }
        }
        return problems;
    }

    /** The contents of an object with its header, or null when it is not there or not whole. */
    private byte @Nullable [] read(String id, List<String> problems) {
        Node.RegularFile file = TreeFiles.file(gitFolder, "objects/" + id.substring(0, 2) + "/" + id.substring(2));
        if (file == null) {
            problems.add("git object " + id + " is missing");
            return null;
        }
        byte[] object = inflate(TreeFiles.bytes(file));
        if (object == null || !sha1(object).equals(id)) {
            problems.add("git object " + id + " is damaged");
            return null;
        }
        return object;
    }

    private static byte @Nullable [] inflate(byte[] packed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 14];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 || out.size() > OBJECT_LIMIT_BYTES) {
                    return null;
                }
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    private static void follow(String id, byte[] object, ArrayDeque<String> open, List<String> problems) {
        int contents = Math.min(indexOf(object, (byte) 0, 0) + 1, object.length);
        String header = new String(object, 0, contents, StandardCharsets.ISO_8859_1);
        switch (header.substring(0, Math.max(0, header.indexOf(' ')))) {
            case "commit" -> {
                for (String line : new String(object, contents, object.length - contents, StandardCharsets.UTF_8)
                        .split("\n", -1)) {
                    if (line.isEmpty()) {
                        return;
                    }
                    if (line.startsWith("tree ") || line.startsWith("parent ")) {
                        open.add(line.substring(line.indexOf(' ') + 1));
                    }
                }
            }
            case "tree" -> followTree(object, contents, open);
            case "blob", "tag" -> {}
            default -> problems.add("git object " + id + " is of no known type");
        }
    }

    /** A tree's entries are {@code mode SP name NUL id}; mode 160000 is a commit of another repository. */
    private static void followTree(byte[] object, int contents, ArrayDeque<String> open) {
        int at = contents;
        while (at < object.length) {
            int nul = indexOf(object, (byte) 0, at);
            if (nul + ID_BYTES >= object.length) {
                return;
            }
            boolean foreign = new String(object, at, 6, StandardCharsets.ISO_8859_1).equals("160000");
            if (!foreign) {
                open.add(HexFormat.of().formatHex(object, nul + 1, nul + 1 + ID_BYTES));
            }
            at = nul + 1 + ID_BYTES;
        }
    }

    private static String treeOf(byte[] commit) {
        String text = new String(commit, StandardCharsets.UTF_8);
        int line = text.indexOf("tree ");
        return line < 0 ? "none" : text.substring(line + 5, Math.max(line + 5, text.indexOf('\n', line)));
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return bytes.length;
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
