package dev.powercut.check.workload;

import java.util.List;

/**
 * The text form of operations: a word, then arguments separated by spaces. Modes are octal; sizes, offsets and lengths may end
 * in K, M or G; times of day are seconds since 1970 with up to nine decimals; durations end in ns, us, ms or s.
 */
final class OperationText {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private OperationText() {}

    static String write(Operation operation) {
        return switch (operation) {
            case Operation.Creat(String path, int mode) -> "creat " + quote(path) + " " + octal(mode);
            case Operation.Mkdir(String path, int mode) -> "mkdir " + quote(path) + " " + octal(mode);
            case Operation.Mkfifo(String path, int mode) -> "mkfifo " + quote(path) + " " + octal(mode);
            case Operation.Symlink(String target, String path) -> "symlink " + quote(target) + " " + quote(path);
            case Operation.Link(String existing, String path) -> "link " + quote(existing) + " " + quote(path);
            case Operation.Unlink(String path) -> "unlink " + quote(path);
            case Operation.Rmdir(String path) -> "rmdir " + quote(path);
            case Operation.Rename(String from, String to) -> "rename " + quote(from) + " " + quote(to);
            case Operation.Write(String path, long offset, int length) ->
                "write " + quote(path) + " " + offset + " " + length;
            case Operation.MmapWrite(String path, long offset, int length) ->
                "mmap-write " + quote(path) + " " + offset + " " + length;
            case Operation.Append(String path, int length) -> "append " + quote(path) + " " + length;
            case Operation.Truncate(String path, long size) -> "truncate " + quote(path) + " " + size;
            case Operation.Allocate(String path, long offset, int length) ->
                "allocate " + quote(path) + " " + offset + " " + length;
            case Operation.Punch(String path, long offset, int length) ->
                "punch " + quote(path) + " " + offset + " " + length;
            case Operation.Chmod(String path, int mode) -> "chmod " + quote(path) + " " + octal(mode);
            case Operation.Chown(String path, int uid, int gid) -> "chown " + quote(path) + " " + uid + " " + gid;
            case Operation.Utimens(String path, long nanos) -> "utimens " + quote(path) + " " + seconds(nanos);
            case Operation.Fsync(String path) -> "fsync " + quote(path);
            case Operation.Fdatasync(String path) -> "fdatasync " + quote(path);
            case Operation.Sync() -> "sync";
            case Operation.Read(String path, long offset, int length) ->
                "read " + quote(path) + " " + offset + " " + length;
            case Operation.Stat(String path) -> "stat " + quote(path);
            case Operation.Lstat(String path) -> "lstat " + quote(path);
            case Operation.Readlink(String path) -> "readlink " + quote(path);
            case Operation.ListDirectory(String path) -> "list " + quote(path);
            case Operation.Sleep(long nanos) -> "sleep " + duration(nanos);
            case Operation.Open(int slot, String path) -> "open " + slot + " " + quote(path);
            case Operation.WriteOpen(int slot, long offset, int length) ->
                "write-open " + slot + " " + offset + " " + length;
            case Operation.ReadOpen(int slot, long offset, int length) ->
                "read-open " + slot + " " + offset + " " + length;
            case Operation.TruncateOpen(int slot, long size) -> "truncate-open " + slot + " " + size;
            case Operation.FsyncOpen(int slot) -> "fsync-open " + slot;
            case Operation.FdatasyncOpen(int slot) -> "fdatasync-open " + slot;
            case Operation.Close(int slot) -> "close " + slot;
            case Operation.Unmount() -> "unmount";
        };
    }

    /** Reads one line of a script and adds its step, if it has one. */
    static void readLine(String script, int lineNumber, String line, List<Step> steps) {
        ScriptLine words = new ScriptLine(script, lineNumber, line);
        if (words.isEmpty()) {
            return;
        }
        int previous = steps.isEmpty() ? -1 : steps.getLast().number();
        int number = words.stepNumber(previous);
        if (!steps.isEmpty() && steps.getLast().operation() instanceof Operation.Unmount) {
            throw words.error("nothing may follow 'unmount'");
        }
        Operation operation = read(words);
        words.end();
        steps.add(new Step(number, operation));
    }

    private static Operation read(ScriptLine words) {
        String word = words.word("an operation");
        return switch (word) {
            case "creat" -> new Operation.Creat(words.path(), words.mode());
            case "mkdir" -> new Operation.Mkdir(words.path(), words.mode());
            case "mkfifo" -> new Operation.Mkfifo(words.path(), words.mode());
            case "symlink" -> new Operation.Symlink(words.linkTarget(), words.path());
            case "link" -> new Operation.Link(words.path(), words.path());
            case "unlink" -> new Operation.Unlink(words.path());
            case "rmdir" -> new Operation.Rmdir(words.path());
            case "rename" -> new Operation.Rename(words.path(), words.path());
            case "write" -> new Operation.Write(words.path(), words.offset(), words.length());
            case "mmap-write" -> new Operation.MmapWrite(words.path(), words.offset(), words.length());
            case "append" -> new Operation.Append(words.path(), words.length());
            case "truncate" -> new Operation.Truncate(words.path(), words.offset());
            case "allocate" -> new Operation.Allocate(words.path(), words.offset(), words.length());
            case "punch" -> new Operation.Punch(words.path(), words.offset(), words.length());
            case "chmod" -> new Operation.Chmod(words.path(), words.mode());
            case "chown" -> new Operation.Chown(words.path(), words.id("uid"), words.id("gid"));
            case "utimens" -> new Operation.Utimens(words.path(), words.instantNanos());
            case "fsync" -> new Operation.Fsync(words.path());
            case "fdatasync" -> new Operation.Fdatasync(words.path());
            case "sync" -> new Operation.Sync();
            case "read" -> new Operation.Read(words.path(), words.offset(), words.length());
            case "stat" -> new Operation.Stat(words.path());
            case "lstat" -> new Operation.Lstat(words.path());
            case "readlink" -> new Operation.Readlink(words.path());
            case "list" -> new Operation.ListDirectory(words.path());
            case "sleep" -> new Operation.Sleep(words.durationNanos());
            case "open" -> new Operation.Open(words.slot(), words.path());
            case "write-open" -> new Operation.WriteOpen(words.slot(), words.offset(), words.length());
            case "read-open" -> new Operation.ReadOpen(words.slot(), words.offset(), words.length());
            case "truncate-open" -> new Operation.TruncateOpen(words.slot(), words.offset());
            case "fsync-open" -> new Operation.FsyncOpen(words.slot());
            case "fdatasync-open" -> new Operation.FdatasyncOpen(words.slot());
            case "close" -> new Operation.Close(words.slot());
            case "unmount" -> new Operation.Unmount();
            default ->
                throw words.error("there is no operation '" + word + "'; did you mean '"
                        + NearestWord.of(word, List.of(KNOWN.split(" "))) + "'? Known are " + KNOWN);
        };
    }

    private static final String KNOWN =
            "creat mkdir mkfifo symlink link unlink rmdir rename write mmap-write append truncate allocate punch chmod"
                    + " chown utimens fsync fdatasync sync read stat lstat readlink list sleep open write-open read-open truncate-open"
                    + " fsync-open fdatasync-open close unmount";

    /** A word as it stands in a script: in quotes when it is empty or holds a space, a quote, # or something unprintable. */
    static String quote(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            plain &= c > ' ' && c < 0x7F && c != '"' && c != '\\' && c != '#';
        }
        if (plain) {
            return word;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F || Character.isSurrogate(c) && !isPaired(word, i)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPaired(String word, int at) {
        return Character.isHighSurrogate(word.charAt(at))
                ? at + 1 < word.length() && Character.isLowSurrogate(word.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(word.charAt(at - 1));
    }

    private static String octal(int mode) {
        return String.format("%04o", mode);
    }

    private static String seconds(long nanos) {
        long whole = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
        return rest == 0
                ? Long.toString(whole)
                : whole + String.format(".%09d", rest).replaceAll("0+$", "");
    }

    private static String duration(long nanos) {
        if (nanos % NANOS_PER_SECOND == 0) {
            return nanos / NANOS_PER_SECOND + "s";
        }
        if (nanos % 1_000_000 == 0) {
            return nanos / 1_000_000 + "ms";
        }
        return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
    }
}
