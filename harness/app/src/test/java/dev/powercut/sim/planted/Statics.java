package dev.powercut.sim.planted;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Planted violations among constants; the names tell which are which. */
@SuppressWarnings({"unused", "NonFinalStaticField", "MutablePublicArray", "FieldCanBeFinal"})
final class Statics {
    /** A closed type that never changes. */
    record Point(int x, int y) {}

    /** A closed type that changes. */
    static final class Counter {
        int count;
    }

    /** Final fields all the way, but for what is in one of them. */
    record Holder(Counter counter) {}

    /** An enumeration with state. */
    enum Stateful {
        ONE;

        int count;
    }

    static int badCounter;
    static final List<String> BAD_LIST = new ArrayList<>();
    static final List<String> BAD_FILLED_LIST = filled();
    static final List<Counter> BAD_LIST_OF_COUNTERS = List.of(new Counter());
    static final int[] BAD_OPEN_TABLE = {1, 2};
    static final String[] BAD_OPEN_TEXTS = {"a"};
    private static final Counter[] BAD_COUNTERS = {new Counter()};
    private static final Counter[] BAD_COUNTERS_TO_COME = new Counter[2];
    static final Counter BAD_OBJECT = new Counter();
    static final Holder BAD_HOLDER = new Holder(BAD_OBJECT);
    static final Stateful BAD_ENUM = Stateful.ONE;
    static final StringBuilder BAD_BUILDER = new StringBuilder();
    static final IntUnaryOperator BAD_CAPTURING = adder(new int[1]);

    static final int GOOD_NUMBER = Integer.getInteger("planted", 7);
    static final String GOOD_TEXT = "text".repeat(2);
    static final List<String> GOOD_LIST = List.of("a", "b");
    static final List<String> GOOD_MADE_BY_METHOD = made();
    static final List<String> GOOD_VIEW = Collections.unmodifiableList(filled());
    static final List<Point> GOOD_POINTS = List.of(new Point(1, 2));
    private static final long[] GOOD_TABLE = {1, 2};
    private static final byte[][] GOOD_TABLES = {{1}, {2}};
    private static final String[] GOOD_TEXTS = {"a"};
    static final Counter[] GOOD_EMPTY = new Counter[0];
    static final Point GOOD_RECORD = new Point(1, 2);
    static final ByteOrder GOOD_ORDER = ByteOrder.LITTLE_ENDIAN;
    static final IntUnaryOperator GOOD_FUNCTION = x -> x + 1;
    static final Comparator<String> GOOD_REFERENCE = String::compareTo;
    static final VarHandle GOOD_HANDLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Statics() {}

    private static List<String> made() {
        return List.copyOf(filled());
    }

    private static List<String> filled() {
        return new ArrayList<>();
    }

    private static IntUnaryOperator adder(int[] sum) {
        return x -> sum[0] += x;
    }
}
