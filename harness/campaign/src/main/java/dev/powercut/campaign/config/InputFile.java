package dev.powercut.campaign.config;

import dev.powercut.campaign.FileErrors;
import dev.powercut.campaign.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that people hand to us, read whole. All of them are small: what is large is another file. */
public final class InputFile {

    public static final int MOST_BYTES = 4 << 20;

    /** Where the pipes of a shell are, and what else is no file but ends; any other pipe may wait for ever. */
    private static final Path DEVICES = Path.of("/dev");

    private InputFile() {}

    /**
     * Reads a file.
     *
     * @param sort what it is to be, for messages, such as {@code case}
     * @throws UsageException when it is not there, is none, or cannot be read
     * @throws FileFormatException when it has more than {@value #MOST_BYTES} bytes
     */
    public static byte[] bytes(String sort, Path file) {
        if (Files.isDirectory(file)) {
            throw new UsageException("the " + sort + " " + file + " is a folder; give the file itself");
        }
        if (mayNeverEnd(file)) {
            throw new UsageException("the " + sort + " " + file + " is a pipe or device, not a file");
        }
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no " + sort + " " + file, e);
        } catch (IOException e) {
            throw new UsageException("the " + sort + " " + file + " cannot be read: " + FileErrors.reason(e), e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new FileFormatException(
                    file.toString(), 0, "a " + sort + " is not larger than " + MOST_BYTES + " bytes");
        }
        return bytes;
    }

    /** Whether it is no file, but a pipe that may wait for ever for somebody to write to it, or something as strange. */
    public static boolean mayNeverEnd(Path file) {
        return Files.exists(file)
                && !Files.isRegularFile(file)
                && !Files.isDirectory(file)
                && !file.startsWith(DEVICES);
    }

    /**
     * Reads a text.
     *
     * @throws UsageException as {@link #bytes}
     * @throws FileFormatException when it is no text in UTF-8
     */
    public static String text(String sort, Path file) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(sort, file));
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(letter -> letter == '\n').count();
            throw new FileFormatException(
                    file.toString(),
                    line,
                    String.format("byte 0x%02x is no text in UTF-8", bytes.get(bytes.position()) & 0xff));
        }
        return text.toString();
    }
}
