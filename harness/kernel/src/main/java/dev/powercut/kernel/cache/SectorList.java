package dev.powercut.kernel.cache;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A growing array of sectors. */
final class SectorList {

    private static final Comparator<@Nullable BufferSector> BY_DEVICE_SECTOR = (a, b) -> Long.compare(
            Objects.requireNonNull(a).deviceSector(), Objects.requireNonNull(b).deviceSector());

    private @Nullable BufferSector[] sectors = new BufferSector[16];
    private int size;

    int size() {
        return size;
    }

    BufferSector get(int index) {
        return Objects.requireNonNull(sectors[index]);
    }

    void add(BufferSector sector) {
        if (size == sectors.length) {
            sectors = Arrays.copyOf(sectors, size * 2);
        }
        sectors[size++] = sector;
    }

    boolean contains(BufferSector sector) {
        for (int i = 0; i < size; i++) {
            if (sectors[i] == sector) {
                return true;
            }
        }
        return false;
    }

    /** Removes and returns the last one, which takes constant time. */
    BufferSector removeLast() {
        BufferSector last = get(size - 1);
        sectors[--size] = null;
        return last;
    }

    void set(int index, BufferSector sector) {
        sectors[index] = sector;
    }

    void sortByDeviceSector() {
        if (size > 1) {
            Arrays.sort(sectors, 0, size, BY_DEVICE_SECTOR);
        }
    }
}
