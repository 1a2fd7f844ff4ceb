package dev.powercut.check.promises;

import dev.powercut.check.model.ModelFile;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of one file of any type: its cells, and what was promised of them. Complete before a judge sees it. */
final class TrackedFile {

    /** Type bits of a file of which only a directory's name is known. */
    static final int ANY_TYPE = 0;

    final int id;

    /** Index of the operation that made it, -1 when it was there before. */
    final int madeBy;

    /** Type bits as in st_mode. */
    final int type;

    /** By which it is known again, or {@link ModelFile#UNKNOWN}. */
    long inodeNumber = ModelFile.UNKNOWN;

    /** Whether {@link #mode}, {@link #owner}, {@link #modified} and {@link #size} have versions. */
    final boolean hasAttributes;

    final LongCell mode = new LongCell();

    /** uid in the high 32 bits, gid in the low ones. */
    final LongCell owner = new LongCell();

    /** In units of the filesystem's granularity. */
    final LongCell modified = new LongCell();

    /** Of a regular file. */
    final LongCell size = new LongCell();

    /** Of a regular file: chunks that were ever anything but zero, ascending. */
    final List<ChunkCell> chunks = new ArrayList<>();

    /** Of a regular file known by its contents only: SHA-256 of them all, in hexadecimal. */
    @Nullable
    String digest;

    /** Of a file known by its contents only: it need not be there. */
    boolean optional;

    /** Of a symbolic link. */
    String symlinkTarget = "";

    /** Of a directory: by name, ascending. */
    final List<EntryCell> entries = new ArrayList<>();

    /** Bounds are indexes of operations: what those below it did is promised. Contents and size, or a directory's entries. */
    final PromiseList contentPromises = new PromiseList();

    /** Likewise, of mode, owner and modification time. */
    final PromiseList attributePromises = new PromiseList();

    TrackedFile(int id, int madeBy, int type, boolean hasAttributes) {
        this.id = id;
        this.madeBy = madeBy;
        this.type = type;
        this.hasAttributes = hasAttributes;
    }

    boolean isDirectory() {
        return type == Mode.DIRECTORY;
    }

    /** Whether a node that was found may be this file, as far as can be told before looking into it. */
    boolean mayBe(Node node) {
        if (inodeNumber != ModelFile.UNKNOWN) {
            return node.attributes().inodeNumber() == inodeNumber;
        }
        if (Mode.type(node.attributes().mode()) != type) {
            return optional;
        }
        if (digest != null && node instanceof Node.RegularFile regular) {
            return regular.contents().sha256().equals(digest);
        }
        return symlinkTarget.isEmpty()
                || hasAttributes
                || node instanceof Node.Symlink symlink && symlink.linkTarget().equals(symlinkTarget);
    }

    /** The cell of a name, or null when the name never stood for anything. */
    @Nullable
    EntryCell entry(String name) {
        int at = search(name);
        return at >= 0 ? entries.get(at) : null;
    }

    /** Position of a name among the entries, or {@code -insertion point - 1}. */
    int search(String name) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = entries.get(middle).name.compareTo(name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Position of a chunk's cell, or {@code -insertion point - 1}. */
    int searchChunk(long offsetBytes) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = chunks.get(middle).offsetBytes;
            if (found == offsetBytes) {
                return middle;
            }
            if (found < offsetBytes) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
