package dev.powercut.targets.ext.journal;

import java.util.ArrayList;
import java.util.List;

/** Blocks of the volume as they are to be, before they go to the log and then home. */
final class VolumeEdits {

    private final JournalVolume volume;
    private final BlockTable index = new BlockTable();
    private final List<byte[]> buffers = new ArrayList<>();

    VolumeEdits(JournalVolume volume) {
        this.volume = volume;
    }

    /** The bytes of a block, to be changed; valid until {@link #clear}. */
    byte[] edit(int block) {
        int slot = index.find(block);
        if (slot >= 0) {
            return buffers.get(index.value(slot));
        }
        int number = index.count();
        int size = volume.geometry().blockSizeBytes();
        if (number == buffers.size()) {
            buffers.add(new byte[size]);
        } else if (buffers.get(number).length != size) {
            buffers.set(number, new byte[size]);
        }
        index.put(block, number);
        volume.read(block, buffers.get(number));
        return buffers.get(number);
    }

    int count() {
        return index.count();
    }

    int block(int number) {
        return index.key(number);
    }

    byte[] bytes(int number) {
        return buffers.get(number);
    }

    void clear() {
        index.clear();
    }
}
