package dev.powercut.check.model;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.check.workload.WrittenData;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import java.util.Arrays;

/** Operations on what files hold. */
final class FileOperations {

    private FileOperations() {}

    /** What open(O_RDONLY) gives. */
    static ModelFile opened(Application application, String path) {
        ModelFile file = Walk.file(application.before(), path);
        requireOpen(application, file, Caller.READ);
        return file;
    }

    /** The checks of open(2) on what exists: type first, then permission. */
    static void requireOpen(Application application, ModelFile file, int access) {
        if (file.isDirectory() && (access & Caller.WRITE) != 0) {
            throw Errno.EISDIR.exception();
        }
        application.caller().require(file, access);
        boolean isBothEndsOfFifo = Mode.type(file.mode()) == Mode.FIFO && access == (Caller.READ | Caller.WRITE);
        if (!file.isDirectory() && !file.isRegular() && !isBothEndsOfFifo) {
            throw application.unmodelledOpen().exception();
        }
    }

    static Result write(Application application, Operation.Write write) {
        ModelFile file = Walk.file(application.before(), write.path());
        requireOpen(application, file, Caller.WRITE);
        return writeAt(application, file, write.offsetBytes(), write.length());
    }

    /** A mapping takes what the file has bytes for, and leaves set-user-ID as it is. */
    static Result storeMapped(Application application, Operation.MmapWrite write) {
        ModelFile file = Walk.file(application.before(), write.path());
        requireOpen(application, file, Caller.READ | Caller.WRITE);
        int inside = (int) Math.max(0, Math.min(write.length(), file.sizeBytes() - write.offsetBytes()));
        int count = inside == 0 ? 0 : application.written(inside);
        if (count > 0) {
            application.put(file.withContents(filled(application, file, write.offsetBytes(), count), file.sizeBytes()));
            application.touch(file.id());
        }
        return new Result.Written(count);
    }

    static Result append(Application application, Operation.Append append) {
        ModelFile file = Walk.file(application.before(), append.path());
        requireOpen(application, file, Caller.WRITE);
        return writeAt(application, file, file.sizeBytes(), append.length());
    }

    static Result writeAt(Application application, ModelFile file, long offset, int length) {
        int count = application.written(length);
        if (count == 0) {
            return new Result.Written(0);
        }
        Contents contents = filled(application, file, offset, count);
        long size = Math.max(file.sizeBytes(), offset + count);
        application.put(file.withContents(contents, size));
        if (size != file.sizeBytes()) {
            application.effect(new Effect.SizeSet(file.id(), size));
        }
        AttributeOperations.dropPrivileges(application, file.id());
        application.touch(file.id());
        return new Result.Written(count);
    }

    /** The contents with the step's data from an offset on. */
    private static Contents filled(Application application, ModelFile file, long offset, int count) {
        byte[] data = new byte[count];
        WrittenData.fill(application.step(), offset, data, 0, count);
        Contents contents = file.contents();
        int done = 0;
        while (done < count) {
            long at = offset + done;
            int inChunk = (int) (at % Contents.CHUNK_BYTES);
            int part = Math.min(Contents.CHUNK_BYTES - inChunk, count - done);
            byte[] chunk = contents.chunk(at / Contents.CHUNK_BYTES).clone();
            System.arraycopy(data, done, chunk, inChunk, part);
            contents = contents.with(at / Contents.CHUNK_BYTES, chunk);
            application.effect(new Effect.ChunkSet(file.id(), at / Contents.CHUNK_BYTES, chunk));
            done += part;
        }
        return contents;
    }

    static Result truncate(Application application, Operation.Truncate truncate) {
        ModelFile file = Walk.file(application.before(), truncate.path());
        if (file.isDirectory()) {
            throw Errno.EISDIR.exception();
        }
        if (!file.isRegular()) {
            throw Errno.EINVAL.exception();
        }
        application.caller().require(file, Caller.WRITE);
        return resize(application, file, truncate.sizeBytes());
    }

    static Result resize(Application application, ModelFile file, long size) {
        Contents contents = file.contents();
        if (size < file.sizeBytes()) {
            contents = zeroed(application, file, size);
        }
        application.put(file.withContents(contents, size));
        if (size != file.sizeBytes()) {
            application.effect(new Effect.SizeSet(file.id(), size));
        }
        AttributeOperations.dropPrivileges(application, file.id());
        application.touch(file.id());
        return new Result.Done();
    }

    static Result allocate(Application application, Operation.Allocate allocate) {
        ModelFile file = Walk.file(application.before(), allocate.path());
        requireOpen(application, file, Caller.WRITE);
        requireLength(allocate.length());
        return resize(application, file, Math.max(file.sizeBytes(), allocate.offsetBytes() + allocate.length()));
    }

    static Result punch(Application application, Operation.Punch punch) {
        ModelFile file = Walk.file(application.before(), punch.path());
        requireOpen(application, file, Caller.WRITE);
        requireLength(punch.length());
        long end = Math.min(file.sizeBytes(), punch.offsetBytes() + punch.length());
        Contents contents = file.contents();
        long at = punch.offsetBytes();
        while (at < end) {
            long chunk = at / Contents.CHUNK_BYTES;
            long next = Math.min(end, (chunk + 1) * Contents.CHUNK_BYTES);
            byte[] old = contents.chunk(chunk);
            byte[] changed = old.clone();
            int from = (int) (at % Contents.CHUNK_BYTES);
            Arrays.fill(changed, from, from + (int) (next - at), (byte) 0);
            if (!Arrays.equals(old, changed)) {
                contents = contents.with(chunk, changed);
                application.effect(new Effect.ChunkSet(file.id(), chunk, changed));
            }
            at = next;
        }
        return changed(application, file.withContents(contents, file.sizeBytes()));
    }

    private static void requireLength(int length) {
        if (length == 0) {
            throw Errno.EINVAL.exception();
        }
    }

    private static Result changed(Application application, ModelFile file) {
        application.put(file);
        AttributeOperations.dropPrivileges(application, file.id());
        application.touch(file.id());
        return new Result.Done();
    }

    /** The contents with zeroes from a size on. */
    private static Contents zeroed(Application application, ModelFile file, long size) {
        Contents contents = file.contents();
        long chunk = contents.nextChunk(size / Contents.CHUNK_BYTES);
        while (chunk >= 0) {
            byte[] old = contents.chunk(chunk);
            int kept = (int) Math.max(0, size - chunk * Contents.CHUNK_BYTES);
            byte[] rest = Contents.EMPTY.chunk(0);
            if (kept > 0) {
                rest = Arrays.copyOf(Arrays.copyOf(old, kept), Contents.CHUNK_BYTES);
            }
            if (!Arrays.equals(old, rest)) {
                contents = contents.with(chunk, rest);
                application.effect(new Effect.ChunkSet(file.id(), chunk, rest));
            }
            chunk = contents.nextChunk(chunk + 1);
        }
        return contents;
    }

    /** The file in a slot, for calls that fail so when it is a FIFO. */
    static ModelFile inSlot(Application application, int slot, Errno whenFifo) {
        ModelFile file = application.before().openFile(slot);
        if (!file.isRegular()) {
            throw whenFifo.exception();
        }
        return file;
    }

    static Result sync(Application application, ModelFile file, boolean attributes) {
        application.effect(new Effect.Synced(file.id(), attributes));
        return new Result.Done();
    }

    static Result read(ModelFile file, long offset, int length) {
        if (Mode.isDirectory(file.mode())) {
            throw Errno.EISDIR.exception();
        }
        int count = (int) Math.max(0, Math.min(length, file.sizeBytes() - offset));
        byte[] data = new byte[count];
        file.contents().copyTo(offset, data, 0, count);
        return Result.Data.of(data, count);
    }

    static Result open(Application application, Operation.Open open) {
        application.setSlot(open.slot(), Effect.ABSENT);
        ModelFile file;
        try {
            file = Walk.file(application.before(), open.path());
            requireOpen(application, file, Caller.READ | Caller.WRITE);
        } catch (ErrnoException e) {
            return new Result.Failed(e.errno());
        }
        application.setSlot(open.slot(), file.id());
        return new Result.Done();
    }

    static Result close(Application application, int slot) {
        application.before().openFile(slot);
        application.setSlot(slot, Effect.ABSENT);
        return new Result.Done();
    }
}
