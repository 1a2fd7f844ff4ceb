package dev.powercut.check.contract;

import dev.powercut.check.oracle.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The oracles that there are. */
public final class Oracles {

    private Oracles() {}

    public static List<Oracle> all() {
        List<Oracle> all = new ArrayList<>();
        ServiceLoader.load(Oracle.class).forEach(all::add);
        return all;
    }
}
