package dev.powercut.kernel.memory;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.vfs.Vfs;

/** A file's pages, in the page cache. Holds the open file description open, whatever becomes of the descriptor. */
final class MappedFile implements Backing {

    private final Vfs vfs;
    private final PathContext context;
    private final OpenFile file;

    MappedFile(Vfs vfs, PathContext context, OpenFile file) {
        this.vfs = vfs;
        this.context = context;
        this.file = file;
        file.share();
    }

    /** Regular files, and the device of zeroes, which are opened for what the mapping is for. EACCES, ENODEV. */
    static void requireMappable(OpenFile file, int protection, boolean isShared) {
        boolean isWritten = isShared && (protection & Protection.PROT_WRITE) != 0;
        if (!file.isReadable() || isWritten && !file.isWritable()) {
            throw Errno.EACCES.exception();
        }
        boolean isZeroes = file.special() != null && file.special().isZeroes();
        if (!isZeroes && !file.inode().isRegular()) {
            throw Errno.ENODEV.exception();
        }
    }

    @Override
    public void requirePage(long page, long address) {
        if (page * AddressSpace.PAGE_BYTES >= file.inode().sizeBytes()) {
            throw new MemoryFault(MemoryFault.Kind.NO_PAGE, address);
        }
    }

    @Override
    public long lastCut(long page) {
        return file.inode().lastCut(page);
    }

    @Override
    public void load(long page, int inPage, byte[] to, int offset, int count, long address) {
        try {
            if (!vfs.mapped().load(file, page, inPage, to, offset, count)) {
                throw new MemoryFault(MemoryFault.Kind.NO_PAGE, address);
            }
        } catch (ErrnoException failure) {
            throw new MemoryFault(MemoryFault.Kind.NO_PAGE, address, failure);
        }
    }

    @Override
    public void store(long page, int inPage, byte[] from, int offset, int count, long address) {
        try {
            if (!vfs.mapped().store(context, file, page, inPage, from, offset, count)) {
                throw new MemoryFault(MemoryFault.Kind.NO_PAGE, address);
            }
        } catch (ErrnoException noSpace) {
            throw new MemoryFault(MemoryFault.Kind.NO_PAGE, address, noSpace);
        }
    }

    @Override
    public void sync(long firstPage, long lastPage) {
        vfs.mapped().sync(file, firstPage, lastPage);
    }

    @Override
    public void share() {
        file.share();
    }

    @Override
    public void release() {
        vfs.release(file);
    }

    @Override
    public boolean isWritable() {
        return file.isWritable();
    }

    @Override
    public String identity() {
        return "pages of " + file.inode();
    }
}
