package dev.powercut.kernel.memory;

import static dev.powercut.kernel.memory.Protection.MAP_ANONYMOUS;
import static dev.powercut.kernel.memory.Protection.MAP_FIXED;
import static dev.powercut.kernel.memory.Protection.MAP_FIXED_NOREPLACE;
import static dev.powercut.kernel.memory.Protection.MAP_PRIVATE;
import static dev.powercut.kernel.memory.Protection.MAP_SHARED;
import static dev.powercut.kernel.memory.Protection.PROT_EXEC;
import static dev.powercut.kernel.memory.Protection.PROT_READ;
import static dev.powercut.kernel.memory.Protection.PROT_WRITE;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the addresses of one process stand for. Its calls fail as mmap(2), munmap(2), mremap(2), mprotect(2) and msync(2) say. */
public final class AddressSpace {

    public static final int PAGE_BYTES = 4096;

    /** Where the kernel chooses, it maps below this, downwards, as on x86-64. */
    static final long TOP = 0x7FFF_F000_0000L;

    /** Below this nothing can be mapped: vm.mmap_min_addr. */
    private static final long BOTTOM = 0x1_0000L;

    private static final int KNOWN_FLAGS = MAP_SHARED | MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;

    /** Gives numbers to what is shared without a file. */
    public static final class Numbers {
        private long last;

        public Numbers() {}
    }

    private final Numbers numbers;
    private final List<Region> regions = new ArrayList<>();
    private long limitBytes;
    private long mappedBytes;

    /** @param limitBytes RLIMIT_AS: more than this cannot be mapped */
    public AddressSpace(Numbers numbers, long limitBytes) {
        this.numbers = numbers;
        this.limitBytes = limitBytes;
    }

    /** As fork does it. */
    public AddressSpace fork() {
        AddressSpace child = new AddressSpace(numbers, limitBytes);
        for (Region region : regions) {
            child.regions.add(region.fork());
        }
        child.mappedBytes = mappedBytes;
        return child;
    }

    /** The process ends, or runs another program. */
    public void clear() {
        for (Region region : List.copyOf(regions)) {
            unmap(region.start, region.end);
        }
    }

    public void limit(long bytes) {
        limitBytes = bytes;
    }

    public long limitBytes() {
        return limitBytes;
    }

    /** How much is mapped. */
    public long mappedBytes() {
        return mappedBytes;
    }

    /** Maps memory that no file is behind; see {@link #map(Vfs, PathContext, long, long, int, int, int, long)}. */
    public long mapAnonymous(long hint, long length, int protection, int flags) {
        long bytes = requireSound(hint, length, protection, flags | MAP_ANONYMOUS, 0);
        long start = place(hint, bytes, flags);
        boolean isShared = (flags & MAP_SHARED) != 0;
        Backing backing = isShared ? new SharedMemory(++numbers.last, Math.toIntExact(bytes / PAGE_BYTES)) : Zeroes.ALL;
        return add(new Region(start, start + bytes, protection, isShared, backing, 0));
    }

    /**
     * mmap(2). An address of 0 lets the kernel choose; another is a hint, unless {@code flags} say that it is the place.
     *
     * @throws dev.powercut.kernel.vfs.ErrnoException EACCES, EBADF, EEXIST, EINVAL, ENODEV, ENOMEM, EOVERFLOW
     */
    public long map(
            Vfs vfs, PathContext context, long hint, long length, int protection, int flags, int fd, long offset) {
        if ((flags & MAP_ANONYMOUS) != 0) {
            return mapAnonymous(hint, length, protection, flags);
        }
        OpenFile file = context.descriptors().get(fd);
        long bytes = requireSound(hint, length, protection, flags, offset);
        boolean isShared = (flags & MAP_SHARED) != 0;
        MappedFile.requireMappable(file, protection, isShared);
        if (file.special() != null) {
            return mapAnonymous(hint, length, protection, flags);
        }
        Backing backing = new MappedFile(vfs, context, file);
        try {
            vfs.mapped().opened(file);
            long start = place(hint, bytes, flags);
            return add(new Region(start, start + bytes, protection, isShared, backing, offset / PAGE_BYTES));
        } catch (ErrnoException refused) {
            backing.release();
            throw refused;
        }
    }

    private long requireSound(long hint, long length, int protection, int flags, long offset) {
        int sharing = flags & (MAP_SHARED | MAP_PRIVATE);
        boolean isFixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
        if (length == 0
                || sharing != MAP_SHARED && sharing != MAP_PRIVATE
                || (flags & ~KNOWN_FLAGS) != 0
                || (protection & ~(PROT_READ | PROT_WRITE | PROT_EXEC)) != 0
                || offset % PAGE_BYTES != 0
                || isFixed && hint % PAGE_BYTES != 0) {
            throw Errno.EINVAL.exception();
        }
        Region.requireMappable(length);
        long bytes = roundUp(length);
        if (offset < 0 || offset > Long.MAX_VALUE - bytes) {
            throw Errno.EOVERFLOW.exception();
        }
        if (bytes > limitBytes - mappedBytes) {
            throw Errno.ENOMEM.exception("more than " + limitBytes + " bytes");
        }
        return bytes;
    }

    static long roundUp(long bytes) {
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    long place(long hint, long bytes, int flags) {
        boolean replaces = (flags & MAP_FIXED) != 0 && (flags & MAP_FIXED_NOREPLACE) == 0;
        if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0) {
            if (hint < BOTTOM || hint > TOP - bytes) {
                throw hint >= 0 && hint < BOTTOM ? Errno.EPERM.exception() : Errno.ENOMEM.exception();
            }
            if (replaces) {
                unmap(hint, hint + bytes);
            } else if (!isFree(hint, hint + bytes)) {
                throw Errno.EEXIST.exception();
            }
            return hint;
        }
        long wished = hint / PAGE_BYTES * PAGE_BYTES;
        if (wished >= BOTTOM && wished <= TOP - bytes && isFree(wished, wished + bytes)) {
            return wished;
        }
        long end = TOP;
        for (int i = regions.size() - 1; i >= 0 && end - regions.get(i).end < bytes; i--) {
            end = regions.get(i).start;
        }
        if (end - BOTTOM < bytes) {
            throw Errno.ENOMEM.exception();
        }
        return end - bytes;
    }

    boolean isFree(long start, long end) {
        int at = position(start);
        return at == regions.size() || regions.get(at).start >= end;
    }

    /** Position of the first region that ends behind an address. */
    private int position(long address) {
        int low = 0;
        int high = regions.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (regions.get(middle).end <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long add(Region region) {
        regions.add(position(region.start), region);
        mappedBytes += region.end - region.start;
        return region.start;
    }

    /** munmap(2); what is not mapped is passed over. EINVAL. */
    public void munmap(long address, long length) {
        requireRange(address, length);
        if (length == 0) {
            throw Errno.EINVAL.exception();
        }
        unmap(address, address + roundUp(length));
    }

    private static void requireRange(long address, long length) {
        if (address % PAGE_BYTES != 0 || address < 0 || length < 0 || address > TOP || length > TOP - address) {
            throw Errno.EINVAL.exception();
        }
    }

    void unmap(long start, long end) {
        split(start);
        split(end);
        int at = position(start);
        while (at < regions.size() && regions.get(at).start < end) {
            Region gone = regions.remove(at);
            gone.drop(gone.start, gone.end);
            mappedBytes -= gone.end - gone.start;
            gone.backing.release();
        }
    }

    /** Makes sure that a region that holds an address begins there. */
    private void split(long address) {
        int at = position(address);
        if (at < regions.size() && regions.get(at).start < address) {
            Region whole = regions.get(at);
            regions.set(at, whole.part(whole.start, address));
            regions.add(at + 1, whole.part(address, whole.end));
            whole.backing.release();
        }
    }

    /** mprotect(2). EACCES, EINVAL, ENOMEM when something there is not mapped; what lies before that is changed. */
    public void mprotect(long address, long length, int protection) {
        if (address % PAGE_BYTES != 0 || (protection & ~(PROT_READ | PROT_WRITE | PROT_EXEC)) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (length == 0) {
            return;
        }
        requirePossible(address, length);
        long end = address + roundUp(length);
        for (long at = address; at < end; ) {
            Region region = find(at);
            if (region == null) {
                throw Errno.ENOMEM.exception("nothing is mapped at 0x" + Long.toHexString(at));
            }
            if (region.isShared && (protection & PROT_WRITE) != 0 && !region.backing.isWritable()) {
                throw Errno.EACCES.exception();
            }
            long next = Math.min(end, region.end);
            cutOut(at, next - at).protection = protection;
            at = next;
        }
    }

    /** mremap(2); {@code to} counts with MREMAP_FIXED and MREMAP_DONTUNMAP only. EFAULT, EINVAL, ENOMEM. */
    public long remap(long address, long oldLength, long newLength, int flags, long to) {
        return new Remapping(this).remap(address, oldLength, newLength, flags, to);
    }

    private static void requirePossible(long address, long length) {
        if (address < 0 || length < 0 || length > TOP || address > TOP - length) {
            throw Errno.ENOMEM.exception();
        }
    }

    /**
     * msync(2): with MS_SYNC, what was stored to shared file mappings is durable afterwards. EINVAL, EIO, ENOMEM when something there
     * is not mapped; what is mapped is durable nevertheless.
     */
    public void msync(long address, long length, int flags) {
        int known = Protection.MS_ASYNC | Protection.MS_INVALIDATE | Protection.MS_SYNC;
        int both = Protection.MS_ASYNC | Protection.MS_SYNC;
        if (address % PAGE_BYTES != 0 || (flags & ~known) != 0 || (flags & both) == both) {
            throw Errno.EINVAL.exception();
        }
        if (length == 0) {
            return;
        }
        requirePossible(address, length);
        long end = address + roundUp(length);
        long covered = address;
        // A copy: while one is written, another thread may map.
        for (Region region : List.copyOf(regions.subList(position(address), regions.size()))) {
            if (region.start >= end) {
                break;
            }
            covered += region.start <= covered ? region.end - covered : 0;
            if (region.isShared && (flags & Protection.MS_SYNC) != 0) {
                long first = (Math.max(address, region.start) - region.start) / PAGE_BYTES;
                long last = (Math.min(end, region.end) - region.start) / PAGE_BYTES - 1;
                region.backing.sync(region.backingPage + first, region.backingPage + last);
            }
        }
        if (covered < end) {
            throw Errno.ENOMEM.exception("nothing is mapped at 0x" + Long.toHexString(covered));
        }
    }

    /** Copies bytes out. */
    public void load(long address, byte[] to, int offset, int count) {
        int done = 0;
        while (done < count) {
            long at = address + done;
            int part = (int) Math.min(count - done, PAGE_BYTES - at % PAGE_BYTES);
            require(at, PROT_READ).load(at, to, offset + done, part);
            done += part;
        }
    }

    /** Copies bytes in. */
    public void store(long address, byte[] from, int offset, int count) {
        int done = 0;
        while (done < count) {
            long at = address + done;
            int part = (int) Math.min(count - done, PAGE_BYTES - at % PAGE_BYTES);
            require(at, PROT_WRITE).store(at, from, offset + done, part);
            done += part;
        }
    }

    /** Fails where bytes could not be stored, or loaded. */
    public void check(long address, long count, boolean stores) {
        if (count < 0 || address < 0 || address > TOP - count) {
            throw new MemoryFault(MemoryFault.Kind.NOT_MAPPED, address);
        }
        for (long at = address; at < address + count; at = (at / PAGE_BYTES + 1) * PAGE_BYTES) {
            require(at, stores ? PROT_WRITE : PROT_READ);
        }
    }

    private Region require(long address, int wanted) {
        Region region = find(address);
        if (region == null) {
            throw new MemoryFault(MemoryFault.Kind.NOT_MAPPED, address);
        }
        // Pages of x86 that can be written can be read.
        boolean isPermitted = (region.protection & wanted) != 0
                || wanted == PROT_READ && (region.protection & (PROT_WRITE | PROT_EXEC)) != 0;
        if (!isPermitted) {
            throw new MemoryFault(MemoryFault.Kind.NOT_PERMITTED, address);
        }
        return region;
    }

    /** Whether anything is mapped at an address. */
    public boolean isMapped(long address) {
        return find(address) != null;
    }

    /** What is mapped at an address, or null. */
    @Nullable
    Region find(long address) {
        int at = position(address);
        return address < 0 || at == regions.size() || regions.get(at).start > address ? null : regions.get(at);
    }

    /** Puts other regions where one is, or elsewhere. */
    void replace(Region former, List<Region> others) {
        regions.remove(former);
        mappedBytes -= former.end - former.start;
        others.forEach(this::add);
    }

    /** The region from an address on, of so many bytes, which lie in one. */
    Region cutOut(long address, long bytes) {
        split(address);
        split(address + bytes);
        return regions.get(position(address));
    }

    /**
     * Names the memory at an address the same in all processes that share it: {@code null} when it is this process's own, or not
     * mapped.
     */
    public @Nullable String shared(long address) {
        Region region = find(address);
        return region != null && region.isShared ? region.backing.identity() : null;
    }

    /** Where in what is shared an address is; of private memory, the address. */
    public long offsetInShared(long address) {
        Region region = regions.get(position(address));
        return region.isShared ? region.backingPage * PAGE_BYTES + (address - region.start) : address;
    }

    /** The mappings, lowest first, for reports. */
    public List<String> describe() {
        return regions.stream().map(Region::toString).toList();
    }
}
