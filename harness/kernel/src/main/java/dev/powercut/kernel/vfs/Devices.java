package dev.powercut.kernel.vfs;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The character devices that have a driver, by device number (major * 256 + minor). */
public final class Devices {

    private @Nullable Map<Integer, SpecialFile> drivers;

    Devices() {}

    /** From now on opening a node of this number opens this device. */
    public void install(int device, SpecialFile driver) {
        if (drivers == null) {
            drivers = new TreeMap<>();
        }
        drivers.put(device, driver);
    }

    @Nullable
    SpecialFile find(int device) {
        return drivers == null ? null : drivers.get(device);
    }
}
