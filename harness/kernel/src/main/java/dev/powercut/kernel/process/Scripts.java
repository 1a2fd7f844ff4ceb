package dev.powercut.kernel.process;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.vfs.Vfs;
import java.nio.charset.StandardCharsets;

/** Files that name a program in their first line. */
final class Scripts {

    private static final String MARK = "#!powercut ";
    private static final int LONGEST_LINE = 128;
    private static final int AT_FDCWD = -100;
    private static final int AT_EACCESS = 0x200;
    private static final int EXECUTE = 1;

    private Scripts() {}

    /** The name of the program. EACCES for what may not be executed, ENOEXEC for what names none. */
    static String firstLine(Vfs vfs, PathContext context, String path) {
        vfs.attributes().access(context, AT_FDCWD, path, EXECUTE, AT_EACCESS);
        OpenFile file = vfs.open(context, AT_FDCWD, path, OpenFlags.O_RDONLY, 0);
        try {
            if (!file.inode().isRegular()) {
                throw Errno.EACCES.exception("not a regular file");
            }
            byte[] bytes = new byte[LONGEST_LINE];
            int count = vfs.data().read(file, bytes, 0, bytes.length);
            String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            if (!text.startsWith(MARK) || end < 0) {
                throw Errno.ENOEXEC.exception();
            }
            return text.substring(MARK.length(), end);
        } finally {
            vfs.release(file);
        }
    }
}
