package dev.powercut.kernel.memory;

import static dev.powercut.kernel.memory.Protection.MREMAP_DONTUNMAP;
import static dev.powercut.kernel.memory.Protection.MREMAP_FIXED;
import static dev.powercut.kernel.memory.Protection.MREMAP_MAYMOVE;

import dev.powercut.kernel.vfs.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One mremap(2): a mapping shrinks, grows where it is, moves, or leaves its addresses behind empty. */
final class Remapping {

    private final AddressSpace space;

    Remapping(AddressSpace space) {
        this.space = space;
    }

    long remap(long address, long oldLength, long newLength, int flags, long to) {
        requireSound(address, oldLength, newLength, flags);
        long before = AddressSpace.roundUp(oldLength);
        long after = AddressSpace.roundUp(newLength);
        Region region = space.find(address);
        if (region == null) {
            throw Errno.EFAULT.exception("nothing is mapped at 0x" + Long.toHexString(address));
        }
        boolean isFixed = (flags & MREMAP_FIXED) != 0;
        boolean stays = (flags & MREMAP_DONTUNMAP) != 0;
        if (isFixed) {
            requirePlace(address, before, to, after);
        }
        if (before >= after && !isFixed && !stays) {
            if (before > after) {
                space.munmap(address + after, before - after);
            }
            return address;
        }
        if (before == 0 && !region.isShared) {
            throw Errno.EINVAL.exception("private memory cannot be mapped twice");
        }
        Region.requireMappable(after);
        long kept = Math.min(before, after);
        if (kept > region.end - address) {
            throw Errno.EFAULT.exception("more than one mapping");
        }
        long added = stays ? after : after - kept;
        if (added > space.limitBytes() - space.mappedBytes()) {
            throw Errno.ENOMEM.exception("more than " + space.limitBytes() + " bytes");
        }
        boolean isWhole = before > 0 && address + before == region.end;
        if (!isFixed && !stays && isWhole && hasRoom(region.end, after - before)) {
            space.replace(region, List.of(region.moved(region.start, region.end + after - before - region.start)));
            return address;
        }
        if ((flags & MREMAP_MAYMOVE) == 0) {
            throw Errno.ENOMEM.exception("there is no room behind it");
        }
        return move(address, before, after, flags, to);
    }

    private static void requireSound(long address, long oldLength, long newLength, int flags) {
        boolean moves = (flags & MREMAP_MAYMOVE) != 0;
        boolean stays = (flags & MREMAP_DONTUNMAP) != 0;
        if ((flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) != 0
                || (flags & MREMAP_FIXED) != 0 && !moves
                || stays && (!moves || oldLength != newLength)
                || address % AddressSpace.PAGE_BYTES != 0
                || newLength <= 0
                || newLength > AddressSpace.TOP
                || oldLength < 0
                || oldLength > AddressSpace.TOP) {
            throw Errno.EINVAL.exception();
        }
    }

    private static void requirePlace(long address, long before, long to, long after) {
        boolean overlaps = address + before > to && to + after > address;
        if (to % AddressSpace.PAGE_BYTES != 0 || to < 0 || to > AddressSpace.TOP - after || overlaps) {
            throw Errno.EINVAL.exception();
        }
    }

    private boolean hasRoom(long end, long bytes) {
        return bytes <= AddressSpace.TOP - end && space.isFree(end, end + bytes);
    }

    private long move(long address, long before, long after, int flags, long to) {
        boolean isFixed = (flags & MREMAP_FIXED) != 0;
        boolean stays = (flags & MREMAP_DONTUNMAP) != 0;
        long place = space.place(isFixed || stays ? to : 0, after, isFixed ? Protection.MAP_FIXED : 0);
        if (before > after) {
            space.unmap(address + after, address + before);
        }
        if (before == 0) {
            Region twice = Objects.requireNonNull(space.find(address));
            space.add(twice.part(address, twice.end).moved(place, after));
            return place;
        }
        Region from = space.cutOut(address, Math.min(before, after));
        List<Region> now = new ArrayList<>();
        now.add(from.moved(place, after));
        if (stays) {
            now.add(from.emptied());
        }
        space.replace(from, now);
        return place;
    }
}
