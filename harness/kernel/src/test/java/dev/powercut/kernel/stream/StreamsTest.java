package dev.powercut.kernel.stream;

import static dev.powercut.kernel.process.Rig.bytes;
import static dev.powercut.kernel.process.Rig.contents;
import static dev.powercut.kernel.process.Rig.file;
import static dev.powercut.kernel.process.Rig.writeAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.process.Program;
import dev.powercut.kernel.process.Rig;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.OpenFlags;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Streams, and the surprises that they are known for. */
final class StreamsTest {

    private static void assertFails(Errno errno, Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }

    /** Under all strategies, with short reads and writes. */
    private static void run(Program program) {
        new Rig()
                .everySchedule(
                        program, ran -> assertEquals(0, ran.well().result().status()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void modesOpenAsTheyAreDescribed() {
        run(self -> {
            assertFails(Errno.ENOENT, () -> Stdio.fopen(self, "/f", "r"));
            assertFails(Errno.ENOENT, () -> Stdio.fopen(self, "/f", "r+"));
            assertFails(Errno.EINVAL, () -> Stdio.fopen(self, "/f", "q"));
            assertFails(Errno.EINVAL, () -> Stdio.fopen(self, "/f", ""));
            FileStream written = Stdio.fopen(self, "/f", "w");
            written.fputs(self, "0123456789");
            assertFails(Errno.EBADF, () -> written.fgetc(self));
            assertTrue(written.ferror(self));
            written.fclose(self);
            assertFails(Errno.EEXIST, () -> Stdio.fopen(self, "/f", "wx"));
            FileStream appended = Stdio.fopen(self, "/f", "a");
            appended.fputs(self, "ab");
            assertEquals(12, appended.ftell(self));
            appended.fclose(self);
            FileStream changed = Stdio.fopen(self, "/f", "r+");
            assertEquals("01", text(changed.fread(self, 2)));
            changed.fputs(self, "XY");
            assertEquals("45", text(changed.fread(self, 2)));
            changed.fclose(self);
            assertEquals("01XY456789ab", contents(self, "/f"));
            FileStream both = Stdio.fopen(self, "/f", "a+");
            assertEquals("0", text(both.fread(self, 1)));
            both.fputs(self, "!");
            both.fclose(self);
            assertEquals("01XY456789ab!", contents(self, "/f"));
            FileStream anew = Stdio.fopen(self, "/f", "w+");
            anew.fputs(self, "new");
            anew.rewind(self);
            assertEquals("new", text(anew.fread(self, 10)));
            assertTrue(anew.feof(self));
            anew.fclose(self);
            FileStream reader = Stdio.fopen(self, "/f", "r");
            assertFails(Errno.EBADF, () -> reader.fputs(self, "x"));
            return 0;
        });
    }

    @Test
    void aFullyBufferedStreamWritesWhenItsBufferIsFull() {
        run(self -> {
            FileStream stream = Stdio.fopen(self, "/f", "w");
            stream.setvbuf(self, Buffering.FULL, 10);
            stream.fputs(self, "12345\n789");
            assertEquals("", contents(self, "/f"));
            stream.fputs(self, "0ab");
            assertEquals("12345\n7890", contents(self, "/f"));
            stream.fputs(self, "x".repeat(35));
            assertEquals(40, contents(self, "/f").length());
            stream.fflush(self);
            assertEquals("12345\n7890ab" + "x".repeat(35), contents(self, "/f"));
            stream.setvbuf(self, Buffering.NONE, 0);
            stream.fputs(self, "!");
            assertEquals(48, contents(self, "/f").length());
            stream.fclose(self);
            return 0;
        });
    }

    @Test
    void aLineBufferedStreamWritesAtTheEndOfALineAndATerminalIsOne() {
        Rig.Ran ran = new Rig().run(self -> {
            Stdio.stdout(self).fputs(self, "first ");
            Stdio.stderr(self).fputs(self, "error ");
            Stdio.stdout(self).fputs(self, "line\n");
            Stdio.stdout(self).fputs(self, "at exit");
            return 0;
        });
        assertEquals("error first line\nat exit", ran.well().kernel().console().output());
    }

    @Test
    void linesAreReadWholeUpToTheLimit() {
        run(self -> {
            file(self, "/f", "one\ntwo is longer\n\nlast");
            FileStream stream = Stdio.fopen(self, "/f", "r");
            assertEquals("one\n", stream.fgets(self, 100));
            assertEquals("two i", stream.fgets(self, 6));
            assertEquals("s longer\n", stream.fgets(self, 100));
            assertEquals("\n", stream.fgets(self, 100));
            assertFalse(stream.feof(self));
            assertEquals("last", stream.fgets(self, 100));
            assertTrue(stream.feof(self));
            assertNull(stream.fgets(self, 100));
            stream.fclose(self);
            return 0;
        });
    }

    @Test
    void positionsCountWhatIsReadAheadAndWhatIsNotYetWritten() {
        run(self -> {
            file(self, "/f", "0123456789");
            FileStream stream = Stdio.fopen(self, "/f", "r+");
            stream.fread(self, 3);
            assertEquals(3, stream.ftell(self));
            stream.fseek(self, 2, FileStream.SEEK_CUR);
            assertEquals('5', stream.fgetc(self));
            stream.ungetc(self, 'x');
            assertEquals(5, stream.ftell(self));
            assertEquals('x', stream.fgetc(self));
            stream.fseek(self, -1, FileStream.SEEK_END);
            assertEquals('9', stream.fgetc(self));
            assertEquals(FileStream.EOF, stream.fgetc(self));
            stream.fseek(self, 0, FileStream.SEEK_SET);
            assertFalse(stream.feof(self));
            stream.fputs(self, "ab");
            assertEquals(2, stream.ftell(self));
            assertEquals('2', stream.fgetc(self));
            assertFails(Errno.EINVAL, () -> stream.fseek(self, -100, FileStream.SEEK_SET));
            int[] ends = self.pipe();
            FileStream pipe = Stdio.fdopen(self, ends[0], "r");
            assertFails(Errno.ESPIPE, () -> pipe.fseek(self, 0, FileStream.SEEK_SET));
            return 0;
        });
    }

    @Test
    void fdopenNeedsADescriptorThatIsOpenForTheMode() {
        run(self -> {
            file(self, "/f", "abc");
            int reader = self.open("/f", OpenFlags.O_RDONLY, 0);
            assertFails(Errno.EINVAL, () -> Stdio.fdopen(self, reader, "w"));
            assertFails(Errno.EINVAL, () -> Stdio.fdopen(self, reader, "r+"));
            assertFails(Errno.EBADF, () -> Stdio.fdopen(self, 99, "r"));
            int writer = self.open("/f", OpenFlags.O_WRONLY, 0);
            FileStream stream = Stdio.fdopen(self, writer, "a");
            assertEquals(writer, stream.fileno(self));
            stream.fprintf(self, "%d-%s", 5, "x");
            stream.fclose(self);
            assertEquals("abc5-x", contents(self, "/f"));
            assertFails(Errno.EBADF, () -> self.close(writer));
            return 0;
        });
    }

    @Test
    void mixingStreamAndDescriptorTurnsTheOrderAround() {
        Rig.Ran ran = new Rig().run(self -> {
            int[] ends = self.pipe();
            self.dup2(ends[1], 1);
            Stdio.stdout(self).fputs(self, "first\n");
            writeAll(self, 1, "second\n");
            Stdio.stdout(self).fflush(self);
            byte[] seen = new byte[100];
            int count = self.read(ends[0], seen, 0, 100);
            assertEquals("second\nfirst\n", new String(seen, 0, count, StandardCharsets.UTF_8));
            return 0;
        });
        ran.well();
    }

    @Test
    void whatIsReadAheadIsNotThereForTheDescriptor() {
        run(self -> {
            file(self, "/f", "0123456789");
            FileStream stream = Stdio.fopen(self, "/f", "r");
            assertEquals('0', stream.fgetc(self));
            assertEquals(0, self.read(stream.fileno(self), new byte[5], 0, 5));
            // Unless it is given back.
            stream.fflush(self);
            assertEquals(5, self.read(stream.fileno(self), new byte[5], 0, 5));
            assertEquals('6', stream.fgetc(self));
            return 0;
        });
    }

    @Test
    void exitWritesWhatIsBufferedAndExitAtOnceLosesIt() {
        run(self -> {
            for (boolean loses : new boolean[] {false, true}) {
                self.fork(child -> {
                    Stdio.fopen(child, "/f", "w").fputs(child, "text");
                    if (loses) {
                        child.exitAtOnce(0);
                    }
                    return 0;
                });
                self.waitAny();
                assertEquals(loses ? "" : "text", contents(self, "/f"));
            }
            return 0;
        });
    }

    @Test
    void aFailedWriteMarksTheStreamAndLosesTheDataAsInGlibc() {
        run(self -> {
            self.mknod("/full", dev.powercut.kernel.vfs.Mode.CHARACTER_DEVICE | 0666, 256 + 7);
            FileStream stream = Stdio.fopen(self, "/full", "w");
            stream.fputs(self, "text");
            assertFalse(stream.ferror(self));
            assertFails(Errno.ENOSPC, () -> stream.fflush(self));
            assertTrue(stream.ferror(self));
            stream.clearerr(self);
            stream.fflush(self);
            assertFalse(stream.ferror(self));
            stream.fclose(self);
            FileStream other = Stdio.fopen(self, "/full", "w");
            other.fputs(self, "text");
            assertFails(Errno.ENOSPC, () -> other.fclose(self));
            return 0;
        });
    }

    @Test
    void threadsDoNotMixTheirTexts() {
        run(self -> {
            FileStream stream = Stdio.fopen(self, "/f", "w");
            int other = self.threads().create("other", same -> {
                for (int i = 0; i < 3; i++) {
                    stream.fputs(same, "aaaa");
                }
            });
            for (int i = 0; i < 3; i++) {
                stream.fputs(self, "bbbb");
            }
            self.threads().join(other);
            stream.fclose(self);
            String text = contents(self, "/f");
            assertEquals(24, text.length());
            for (int at = 0; at < 24; at += 4) {
                assertEquals(text.substring(at, at + 1).repeat(4), text.substring(at, at + 4));
            }
            return 0;
        });
    }

    /** As glibc: the error mark is for what could not be read or written. */
    @Test
    void onlyFailedReadsAndWritesSetTheErrorMark() {
        run(self -> {
            file(self, "/f", "abc\n");
            int[] ends = self.pipe();
            FileStream pipe = Stdio.fdopen(self, ends[1], "w");
            assertFails(Errno.ESPIPE, () -> pipe.ftell(self));
            assertFails(Errno.ESPIPE, () -> pipe.fseek(self, 0, FileStream.SEEK_CUR));
            assertFalse(pipe.ferror(self));
            FileStream stream = Stdio.fopen(self, "/f", "r+");
            assertFails(Errno.EINVAL, () -> stream.fseek(self, -5, FileStream.SEEK_SET));
            assertFails(Errno.EINVAL, () -> stream.fseek(self, 0, 9));
            stream.fgetc(self);
            assertFails(Errno.EINVAL, () -> stream.setvbuf(self, Buffering.NONE, 0));
            assertFalse(stream.ferror(self));
            FileStream reader = Stdio.fopen(self, "/f", "r");
            assertFails(Errno.EBADF, () -> reader.fputc(self, 'x'));
            assertTrue(reader.ferror(self));
            FileStream writer = Stdio.fopen(self, "/f", "a");
            assertFails(Errno.EBADF, () -> writer.ungetc(self, 'x'));
            assertFalse(writer.ferror(self));
            assertFails(Errno.EBADF, () -> writer.fgetc(self));
            assertTrue(writer.ferror(self));
            self.close(reader.fileno(self));
            reader.clearerr(self);
            assertFails(Errno.EBADF, () -> reader.fgetc(self));
            assertTrue(reader.ferror(self));
            assertFalse(reader.feof(self));
            self.close(pipe.fileno(self));
            pipe.fputs(self, "x");
            assertFails(Errno.EBADF, () -> pipe.fflush(self));
            assertTrue(pipe.ferror(self));
            return 0;
        });
    }

    /** As glibc. */
    @Test
    void whatIsWrittenLineByLineEndsAtTheLastEndOfALine() {
        StringBuilder seen = new StringBuilder();
        Rig.Ran ran = new Rig().run(self -> {
            FileStream out = Stdio.fopen(self, "/out", "w");
            out.setvbuf(self, Buffering.LINE, 64);
            String digits = "0123456789".repeat(7);
            for (String text : new String[] {"a\nb", "c\nd\ne", "f", "g\n", digits + "\nabc\nxyz"}) {
                out.fputs(self, text);
                seen.append(contents(self, "/out").replace('\n', '|')).append(' ');
            }
            self.exitAtOnce(0);
            return 0;
        });
        ran.well();
        String digits = "0123456789".repeat(7);
        assertEquals("a| a|bc|d| a|bc|d| a|bc|d|efg| a|bc|d|efg|" + digits + "|abc| ", seen.toString());
    }

    @Test
    void aConsoleShowsWholeLinesOnlyWhenAProgramIsKilled() {
        Rig.Ran ran = new Rig().run(self -> {
            Stdio.stdout(self).fputs(self, "a\nb");
            self.exitAtOnce(0);
            return 0;
        });
        assertEquals("a\n", ran.well().kernel().console().output());
    }

    @Test
    void aLineOfNoBytesIsEmptyAndNotTheEnd() {
        run(self -> {
            file(self, "/f", "abc\n");
            FileStream stream = Stdio.fopen(self, "/f", "r");
            assertEquals("", stream.fgets(self, 1));
            assertNull(stream.fgets(self, 0));
            assertNull(stream.fgets(self, -1));
            assertEquals("abc\n", stream.fgets(self, Integer.MAX_VALUE));
            assertEquals("", stream.fgets(self, 1));
            assertFalse(stream.feof(self));
            assertNull(stream.fgets(self, 2));
            assertTrue(stream.feof(self));
            stream.rewind(self);
            assertEquals("abc\n", text(stream.fread(self, Integer.MAX_VALUE)));
            file(self, "/long", "x".repeat(20_000) + "\ny");
            FileStream other = Stdio.fopen(self, "/long", "r");
            assertEquals("x".repeat(20_000) + "\n", other.fgets(self, 1 << 20));
            assertEquals("y", text(other.fread(self, 1 << 30)));
            return 0;
        });
    }

    @Test
    void whatAPipeHasNoRoomForIsLostAndFlushedAgainInVain() {
        run(self -> {
            int[] ends = self.pipe2(OpenFlags.O_NONBLOCK);
            // Writes of up to PIPE_BUF are never short.
            for (int i = 0; i < 16; i++) {
                assertEquals(4096, self.write(ends[1], new byte[4096], 0, 4096));
            }
            FileStream stream = Stdio.fdopen(self, ends[1], "w");
            stream.fputs(self, "hello");
            assertFails(Errno.EAGAIN, () -> stream.fflush(self));
            for (int left = 65_536; left > 0; ) {
                left -= self.read(ends[0], new byte[left], 0, left);
            }
            stream.fflush(self);
            stream.fputs(self, "more");
            stream.fflush(self);
            assertEquals(4, self.ioctl(ends[0], FileControl.FIONREAD));
            return 0;
        });
    }

    @Test
    void freadGivesWhatItHasBeforeAFailureAndMarksTheStream() {
        run(self -> {
            int[] ends = self.pipe2(OpenFlags.O_NONBLOCK);
            FileStream stream = Stdio.fdopen(self, ends[0], "r");
            self.write(ends[1], bytes("abc"), 0, 3);
            assertEquals("abc", new String(stream.fread(self, 10), StandardCharsets.UTF_8));
            assertTrue(stream.ferror(self));
            assertFails(Errno.EAGAIN, () -> stream.fread(self, 10));
            self.write(ends[1], bytes("xyz"), 0, 3);
            assertEquals("xyz", stream.fgets(self, 10));
            assertFails(Errno.EAGAIN, () -> stream.fgets(self, 10));
            return 0;
        });
    }

    @Test
    void bytesCanBePutBackBeforeAnythingIsReadAndSeveralAtOnce() {
        run(self -> {
            file(self, "/f", "0123456789");
            FileStream stream = Stdio.fopen(self, "/f", "r");
            stream.ungetc(self, 'Z');
            assertEquals(0, stream.ftell(self));
            stream.fseek(self, 0, FileStream.SEEK_SET);
            assertEquals('0', stream.fgetc(self));
            assertEquals('1', stream.fgetc(self));
            stream.ungetc(self, 'a');
            stream.ungetc(self, 'b');
            stream.ungetc(self, 'c');
            assertEquals("cba23", new String(stream.fread(self, 5), StandardCharsets.UTF_8));
            stream.rewind(self);
            stream.ungetc(self, 'Y');
            stream.fclose(self);
            return 0;
        });
    }

    @Test
    void aStreamThatAppendsTellsItsEndAndTellingWritesNothing() {
        run(self -> {
            file(self, "/f", "0123456789");
            FileStream stream = Stdio.fopen(self, "/f", "a");
            assertEquals(10, stream.ftell(self));
            stream.fputs(self, "x");
            assertEquals(11, stream.ftell(self));
            assertEquals(10, self.stat("/f").sizeBytes());
            FileStream both = Stdio.fopen(self, "/f", "a+");
            assertEquals(0, both.ftell(self));
            both.fclose(self);
            stream.fclose(self);
            assertEquals("0123456789x", contents(self, "/f"));
            return 0;
        });
    }

    @Test
    void exitGivesBackWhatWasReadAheadAndExitAtOnceDoesNot() {
        for (boolean exits : new boolean[] {true, false}) {
            run(self -> {
                file(self, "/f", "hello\nworld\n");
                int fd = self.open("/f", OpenFlags.O_RDONLY, 0);
                self.fork(child -> {
                    assertEquals("hello\n", Stdio.fdopen(child, fd, "r").fgets(child, 100));
                    if (!exits) {
                        child.exitAtOnce(0);
                    }
                    return 0;
                });
                self.waitAny();
                assertEquals(exits ? 6 : 12, self.lseek(fd, 0, 1));
                return 0;
            });
        }
    }

    @Test
    void aLineIsGivenAsBytesWithoutLossWhereverItIsCut() {
        run(self -> {
            file(self, "/f", "a\u00e4b\n");
            FileStream stream = Stdio.fopen(self, "/f", "r");
            byte[] start = stream.fgetsBytes(self, 3);
            byte[] rest = stream.fgetsBytes(self, 100);
            assertNotNull(start);
            assertNotNull(rest);
            assertEquals(2, start.length);
            assertEquals(3, rest.length);
            assertEquals(bytes("a\u00e4b")[1], start[1]);
            assertNull(stream.fgetsBytes(self, 100));
            return 0;
        });
    }

    @Test
    void exitDoesNotWaitForAThreadThatReads() {
        run(self -> {
            int[] ends = self.pipe();
            self.fork(child -> {
                FileStream stream = Stdio.fdopen(child, ends[0], "r");
                child.threads().create("reader", same -> stream.fgets(same, 10));
                child.signals().nanosleep(1_000_000);
                return 3;
            });
            assertEquals(3, self.waitAny().exitStatus());
            return 0;
        });
    }
}
