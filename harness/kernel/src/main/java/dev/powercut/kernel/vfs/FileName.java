package dev.powercut.kernel.vfs;

import java.nio.charset.StandardCharsets;

/**
 * File names as bytes and as strings. POSIX names are bytes; here they are strings in UTF-8, and a byte that is not part of
 * valid UTF-8 stands as the lone surrogate U+DC00 + byte, so that every name on every disk can be read, shown and written back.
 */
public final class FileName {

    /** NAME_MAX: the longest name in bytes. */
    public static final int MAX_BYTES = 255;

    private FileName() {}

    /** The bytes of a name. */
    public static byte[] toBytes(String name) {
        boolean plain = true;
        for (int i = 0; i < name.length(); i++) {
            plain &= name.charAt(i) < 0x80;
        }
        if (plain) {
            return name.getBytes(StandardCharsets.ISO_8859_1);
        }
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        int i = 0;
        while (i < name.length()) {
            char c = name.charAt(i);
            if (c >= 0xDC80 && c <= 0xDCFF) {
                out.write(c - 0xDC00);
                i++;
            } else {
                int end = i + Character.charCount(name.codePointAt(i));
                out.writeBytes(name.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
            }
        }
        return out.toByteArray();
    }

    /** The name that bytes stand for. */
    public static String fromBytes(byte[] bytes, int offsetBytes, int length) {
        boolean plain = true;
        for (int i = offsetBytes; i < offsetBytes + length; i++) {
            plain &= bytes[i] >= 0;
        }
        if (plain) {
            return new String(bytes, offsetBytes, length, StandardCharsets.ISO_8859_1);
        }
        StringBuilder name = new StringBuilder();
        int at = offsetBytes;
        int end = offsetBytes + length;
        while (at < end) {
            int width = sequenceWidth(bytes, at, end);
            if (width == 0) {
                name.append((char) (0xDC00 + (bytes[at] & 0xFF)));
                at++;
            } else {
                name.append(new String(bytes, at, width, StandardCharsets.UTF_8));
                at += width;
            }
        }
        return name.toString();
    }

    /** Width of the valid UTF-8 sequence that begins at {@code at}, or 0 (RFC 3629, section 4). */
    private static int sequenceWidth(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int width = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (width == 0 || at + width > end) {
            return 0;
        }
        for (int i = 1; i < width; i++) {
            int low = 0x80;
            int high = 0xBF;
            if (i == 1) {
                low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : low;
                high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : high;
            }
            int next = bytes[at + i] & 0xFF;
            if (next < low || next > high) {
                return 0;
            }
        }
        return width;
    }
}
