package dev.powercut.check.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.tree.FileContents;
import dev.powercut.check.tree.Node;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Step;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Jimfs cannot tell: error numbers, permissions, following a filesystem that fails for reasons of its own. */
class ModelTest {

    private static Result last(Model start, String script) {
        Model model = start;
        Result result = new Result.Done();
        for (Step step :
                ScriptWorkload.parse("test", script.replace("; ", "\n")).steps()) {
            Transition transition = model.apply(step.number(), step.operation());
            model = transition.next();
            result = transition.expected();
        }
        return result;
    }

    private static Model after(String script) {
        Model model = Model.empty();
        for (Step step :
                ScriptWorkload.parse("test", script.replace("; ", "\n")).steps()) {
            model = model.apply(step.number(), step.operation()).next();
        }
        return model;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mkdir /d 755; write /d 0 1 | EISDIR",
                "mkdir /d 755; creat /d 644 | EISDIR",
                "mkdir /d 755; truncate /d 0 | EISDIR",
                "mkdir /d 755; read /d 0 1 | EISDIR",
                "mkdir /d 755; open 0 /d | EISDIR",
                "mkdir /d 755; unlink /d | EISDIR",
                "mkdir /d 755; link /d /e | EPERM",
                "mkdir /d 755; mkdir /d/e 755; rmdir /d | ENOTEMPTY",
                "mkdir /d 755; mkdir /d/e 755; rename /d/e /d | ENOTEMPTY",
                "mkdir /d 755; rename /d /d/e/f | ENOENT",
                "mkdir /d 755; rename /d /d/e | EINVAL",
                "mkdir /d 755; creat /a 644; rename /a /d | EISDIR",
                "mkdir /d 755; creat /a 644; rename /d /a | ENOTDIR",
                "mkdir /d 755; mkdir /e 755; creat /e/a 644; rename /d /e | ENOTEMPTY",
                "creat /a 644; rmdir /a | ENOTDIR",
                "creat /a 644; stat /a/b | ENOTDIR",
                "creat /a 644; list /a | ENOTDIR",
                "creat /a 644; readlink /a | EINVAL",
                "creat /a 644; link /a /a | EEXIST",
                "mkfifo /f 644; truncate /f 0 | EINVAL",
                "symlink /l /l; stat /l | ELOOP",
                "symlink x /l; stat /l | ENOENT",
                "symlink x /l; mkdir /l 755 | EEXIST",
                "symlink x/ /l; creat /l 644 | EISDIR",
                "rmdir / | EBUSY",
                "unlink / | EISDIR",
                "rename / /a | EBUSY",
                "mkdir / 755 | EEXIST",
                "write-open 3 0 1 | EBADF",
                "close 0 | EBADF",
            })
    void errorsAreThoseOfLinux(String script, Errno errno) {
        assertEquals(new Result.Failed(errno), last(Model.empty(), script));
    }

    @Test
    void namesHaveAtMost255Bytes() {
        assertEquals(new Result.Done(), last(Model.empty(), "creat /" + "n".repeat(255) + " 644"));
        assertEquals(new Result.Failed(Errno.ENAMETOOLONG), last(Model.empty(), "creat /" + "n".repeat(256) + " 644"));
        assertEquals(new Result.Failed(Errno.ENAMETOOLONG), last(Model.empty(), "stat /" + "n/".repeat(2100) + "n"));
    }

    @Test
    void fortyLinksAreFollowedAndNotMore() {
        StringBuilder script = new StringBuilder("creat /0 644; ");
        for (int i = 1; i <= 41; i++) {
            script.append("symlink ").append(i - 1).append(" /").append(i).append("; ");
        }
        assertTrue(last(Model.empty(), script + "stat /40") instanceof Result.Facts);
        assertEquals(new Result.Failed(Errno.ELOOP), last(Model.empty(), script + "stat /41"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write /mine 0 1 | 1 bytes",
                "write /others 0 1 | EACCES",
                "read /others 0 1 | 0 bytes 0",
                "read /secret 0 1 | EACCES",
                "truncate /others 0 | EACCES",
                "chmod /others 777 | EPERM",
                "chown /mine 5 -1 | EPERM",
                "chown /mine -1 7 | ok",
                "utimens /others 5 | EPERM",
                "creat /new 644 | EACCES",
                "creat /open/new 644 | ok",
                "unlink /others | EACCES",
                "unlink /sticky/others | EPERM",
                "rename /open/others /open/x | ok",
                "stat /closed/file | EACCES",
                "list /closed | EACCES",
                "mkdir /closed/d 755 | EACCES",
            })
    void permissionsAreChecked(String operation, String result) {
        Model model = after("creat /mine 600; chown /mine 7 7; creat /others 644; creat /secret 600; mkdir /open 755; "
                + "chmod /open 777; mkdir /sticky 755; chmod /sticky 1777; creat /sticky/others 644; "
                + "mkdir /closed 700; creat /closed/file 644; creat /open/others 644");
        assertEquals(result, last(model.as(7, 7, 022), operation).text());
    }

    @Test
    void ownerWithoutTheRightIsNotHelpedByTheRightOfOthers() {
        Model model = after("creat /a 644; chown /a 7 7; chmod /a 066");
        assertEquals("EACCES", last(model.as(7, 7, 022), "read /a 0 1").text());
        assertEquals("0 bytes 0", last(model.as(8, 8, 022), "read /a 0 1").text());
    }

    @Test
    void groupIsInheritedInSetGidDirectories() {
        Model model = after("mkdir /d 755; chown /d 0 9; chmod /d 2755; creat /d/a 644; mkdir /d/e 755");
        assertEquals(9, model.file(model.lookup("/d/a")).gid());
        assertEquals(9, model.file(model.lookup("/d/e")).gid());
        assertEquals(Mode.DIRECTORY | 02755, model.file(model.lookup("/d/e")).mode());
    }

    @Test
    void setUserIdIsLostWhenOwnerOrContentsChange() {
        Model chowned = after("creat /a 644; chmod /a 6755; chown /a 1 1");
        assertEquals(Mode.REGULAR | 0755, chowned.file(chowned.lookup("/a")).mode());
        Model written = after("creat /a 666; chmod /a 4666");
        Model byOther =
                written.as(5, 5, 022).apply(1, new Operation.Write("/a", 0, 1)).next();
        assertEquals(Mode.REGULAR | 0666, byOther.file(byOther.lookup("/a")).mode());
    }

    @Test
    void olderVersionsStayAsTheyWere() {
        Model one = after("creat /a 644; write /a 0 600");
        Model two = one.apply(9, new Operation.Write("/a", 0, 700)).next();
        Model three = two.apply(10, new Operation.Unlink("/a")).next();
        assertEquals(600, one.file(one.lookup("/a")).sizeBytes());
        assertEquals(700, two.file(two.lookup("/a")).sizeBytes());
        assertEquals(Effect.ABSENT, three.lookup("/a"));
        Operation read = new Operation.Read("/a", 0, 1000);
        assertFalse(one.apply(0, read).expected().equals(two.apply(0, read).expected()));
    }

    @Test
    void openFileOutlivesItsName() {
        Model model = after("creat /a 644; write /a 0 10; open 0 /a; unlink /a; write-open 0 5 10");
        int id = model.slot(0);
        assertEquals(15, model.file(id).sizeBytes());
        assertEquals(0, model.file(id).linkCount());
        Model closed = model.apply(1, new Operation.Close(0)).next();
        assertEquals(null, closed.find(id));
        Model elsewhere = model.apply(1, new Operation.Open(0, "/")).next();
        assertEquals(null, elsewhere.find(id), "the slot is let go even when opening fails");
    }

    @Test
    void filesystemMayFailForReasonsOfItsOwn() {
        Model model = after("creat /a 644");
        Operation write = new Operation.Write("/a", 0, 2000);
        assertTrue(model.apply(1, write, new Result.Failed(Errno.ENOSPC)).agrees());
        assertFalse(model.apply(1, write, new Result.Failed(Errno.EFBIG)).agrees());
        assertFalse(model.apply(1, write, new Result.Failed(Errno.EIO)).agrees());
        assertFalse(model.apply(1, write, new Result.Written(0)).agrees());
        assertFalse(model.apply(1, write, new Result.Written(2001)).agrees());
        Transition part = model.apply(1, write, new Result.Written(1024));
        assertTrue(part.agrees());
        assertEquals(1024, part.next().file(1).sizeBytes());
        Operation far = new Operation.Truncate("/a", 1L << 35);
        assertTrue(model.apply(1, far, new Result.Failed(Errno.EFBIG)).agrees());
        assertTrue(model.apply(1, new Operation.Mkdir("/d", 0755), new Result.Failed(Errno.EMLINK))
                .agrees());
        assertFalse(model.apply(1, new Operation.Unlink("/a"), new Result.Failed(Errno.ENOSPC))
                .agrees());
        assertFalse(model.apply(1, new Operation.Mkdir("/a", 0755), new Result.Failed(Errno.ENOSPC))
                .agrees());
    }

    @Test
    void modelOfATreeGoesOnFromIt() {
        Node.Attributes attributes = new Node.Attributes(12, Mode.REGULAR | 0600, 2, 1, 2, 700, 2, 99);
        byte[] bytes = new byte[700];
        bytes[699] = 1;
        Node file = new Node.RegularFile(attributes, FileContents.of(bytes));
        Node.Attributes top = new Node.Attributes(2, Mode.DIRECTORY | 0755, 2, 0, 0, 1024, 2, 5);
        Node.Directory root = new Node.Directory(top, List.of(new Node.Entry("a", file), new Node.Entry("b", file)));

        Model model = Model.of(root);
        ModelFile read = Objects.requireNonNull(model.find(model.lookup("/a")));
        assertEquals(model.lookup("/a"), model.lookup("/b"));
        assertEquals(2, read.linkCount());
        assertEquals(12, read.inodeNumber());
        assertEquals(Result.Data.of(bytes, 700), last(model, "read /a 0 1000"));

        Model shrunk = model.apply(5, new Operation.Truncate("/a", 600)).next();
        Model grown = shrunk.apply(6, new Operation.Truncate("/a", 700)).next();
        assertEquals(Result.Data.of(new byte[700], 700), last(grown, "read /b 0 1000"));
        assertEquals(Result.Data.of(bytes, 700), last(model, "read /a 0 1000"));
    }
}
