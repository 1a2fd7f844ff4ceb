package dev.powercut.bridge.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitOracleTest {

    private final Map<String, byte[]> files = new TreeMap<>();
    private String blob = "";
    private String tree = "";
    private String commit = "";

    @BeforeEach
    void commitOneFileInAFolder() throws Exception {
        blob = object("blob", Trees.text("hello\n"));
        String folder = object("tree", treeEntry("100644 file", blob));
        tree = object("tree", treeEntry("40000 folder", folder));
        commit = object("commit", Trees.text("tree " + tree + "\nauthor A <a@b> 1 +0000\n\nmessage\ntree x\n"));
        files.put("repo/.git/HEAD", Trees.text("ref: refs/heads/main\n"));
        files.put("repo/.git/refs/heads/main", Trees.text(commit + "\n"));
    }

    private String object(String type, byte[] contents) throws Exception {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes((type + " " + contents.length + "\0").getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(contents);
        String id = HexFormat.of().formatHex(sha1(whole.toByteArray()));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(whole.toByteArray());
        }
        files.put(path(id), packed.toByteArray());
        return id;
    }

    private static byte[] sha1(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-1").digest(bytes);
    }

    private static byte[] treeEntry(String modeAndName, String id) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes((modeAndName + "\0").getBytes(StandardCharsets.US_ASCII));
        entry.writeBytes(HexFormat.of().parseHex(id));
        return entry.toByteArray();
    }

    private static String path(String id) {
        return "repo/.git/objects/" + id.substring(0, 2) + "/" + id.substring(2);
    }

    private List<String> judge() {
        GitOracle oracle = new GitOracle(Trees.marks("synced:" + tree + ":" + commit));
        assertEquals(0, oracle.epoch(1));
        return oracle.judge(Trees.tree(files), 1);
    }

    @Test
    void idsAreThoseOfGit() {
        // git hash-object on a file with the line "hello".
        assertEquals("ce013625030ba8dba906f756967f9e9ca394464a", blob);
    }

    @Test
    void wholeRepositoryIsRight() {
        assertEquals(List.of(), judge());
    }

    @Test
    void missingObjectIsNamed() {
        files.remove(path(blob));
        assertEquals(List.of("git object " + blob + " is missing"), judge());
    }

    @Test
    void damagedObjectIsNamed() {
        files.put(path(blob), new byte[30]);
        assertEquals(List.of("git object " + blob + " is damaged"), judge());
        byte[] other = files.get(path(tree));
        files.put(path(blob), other == null ? new byte[0] : other);
        assertEquals(List.of("git object " + blob + " is damaged"), judge());
    }

    @Test
    void headElsewhereOrMissingIsFound() {
        files.put("repo/.git/refs/heads/main", Trees.text("0".repeat(40) + "\n"));
        assertTrue(judge().getFirst().startsWith("HEAD is at '0000"), judge().getFirst());
        files.remove("repo/.git/refs/heads/main");
        assertTrue(judge().getFirst().contains("no file refs/heads/main"), judge().getFirst());
        files.clear();
        files.put("other", new byte[0]);
        assertTrue(judge().getFirst().startsWith("there is no git repository"), judge().getFirst());
    }

    @Test
    void commitOfAnotherTreeIsFound() throws Exception {
        tree = object("tree", treeEntry("100644 other", blob));
        assertTrue(judge().getFirst().contains("but tree " + tree + " was synced"), judge().getFirst());
    }
}
