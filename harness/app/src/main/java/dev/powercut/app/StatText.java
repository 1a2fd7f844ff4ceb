package dev.powercut.app;

import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.Stat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What stat(2) tells, in words. */
final class StatText {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private StatText() {}

    /** One line as of ls -li, without the name. */
    static String line(Stat stat) {
        String size = isDevice(stat) ? device(stat) : Long.toString(stat.sizeBytes());
        return String.format(
                Locale.ROOT,
                "%7d %s %3d %5d %5d %10s %s",
                stat.inodeNumber(),
                mode(stat.mode()),
                stat.linkCount(),
                stat.uid(),
                stat.gid(),
                size,
                MINUTES.format(instant(stat.modifiedNanos())));
    }

    /** All of it, a line each. */
    static List<String> lines(Stat stat) {
        return List.of(
                "inode     " + stat.inodeNumber(),
                "type      " + type(stat.mode()),
                "mode      0" + Integer.toOctalString(stat.mode() & Mode.PERMISSIONS) + " " + mode(stat.mode()),
                "links     " + stat.linkCount(),
                "owner     " + stat.uid() + ":" + stat.gid(),
                isDevice(stat) ? "device    " + device(stat) : "size      " + stat.sizeBytes(),
                "blocks    " + stat.blocks512() + " of 512 bytes; filesystem blocks of " + stat.blockSizeBytes(),
                "accessed  " + instant(stat.accessedNanos()),
                "modified  " + instant(stat.modifiedNanos()),
                "changed   " + instant(stat.changedNanos()));
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    private static boolean isDevice(Stat stat) {
        int type = Mode.type(stat.mode());
        return type == Mode.CHARACTER_DEVICE || type == Mode.BLOCK_DEVICE;
    }

    /** Major and minor number, as Linux packs them. */
    private static String device(Stat stat) {
        int device = stat.device();
        return (device >>> 8 & 0xFFF) + ", " + (device & 0xFF | device >>> 12 & 0xFFF00);
    }

    static String type(int mode) {
        return switch (Mode.type(mode)) {
            case Mode.REGULAR -> "file";
            case Mode.DIRECTORY -> "directory";
            case Mode.SYMLINK -> "symbolic link";
            case Mode.CHARACTER_DEVICE -> "character device";
            case Mode.BLOCK_DEVICE -> "block device";
            case Mode.FIFO -> "FIFO";
            case Mode.SOCKET -> "socket";
            default -> "unknown";
        };
    }

    /** Ten characters as of ls. */
    static String mode(int mode) {
        char[] text = "?rwxrwxrwx".toCharArray();
        text[0] = switch (Mode.type(mode)) {
            case Mode.REGULAR -> '-';
            case Mode.DIRECTORY -> 'd';
            case Mode.SYMLINK -> 'l';
            case Mode.CHARACTER_DEVICE -> 'c';
            case Mode.BLOCK_DEVICE -> 'b';
            case Mode.FIFO -> 'p';
            case Mode.SOCKET -> 's';
            default -> '?';
        };
        for (int bit = 0; bit < 9; bit++) {
            if ((mode >>> 8 - bit & 1) == 0) {
                text[1 + bit] = '-';
            }
        }
        special(text, 3, mode & Mode.SET_UID, 's', 'S');
        special(text, 6, mode & Mode.SET_GID, 's', 'S');
        special(text, 9, mode & Mode.STICKY, 't', 'T');
        return new String(text);
    }

    private static void special(char[] text, int at, int bit, char with, char without) {
        if (bit != 0) {
            text[at] = text[at] == 'x' ? with : without;
        }
    }

    /** A name must not break the line, nor bytes that are no characters the output. */
    static String printable(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean loose = c >= 0xDC80 && c <= 0xDCFF && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1)));
            if (Character.isISOControl(c) || loose) {
                text.append(String.format(Locale.ROOT, "\\x%02x", loose ? c - 0xDC00 : (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
