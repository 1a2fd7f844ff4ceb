package dev.powercut.check.trace;

import dev.powercut.sim.Completion;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Watches a device, and tells which way each request came, as an indented timeline. One object for one run. */
public final class LayerTrace implements DeviceTap {

    private static final int LABEL_COLUMN = 64;

    /** A request: when, for which operation of which task, and through what. */
    private record Event(long nanos, int task, int operation, List<Passage> way) {}

    /** One layer on the way: where it was entered. */
    private record Passage(Layer layer, String method) {}

    private final List<Event> events = new ArrayList<>();

    public LayerTrace() {}

    @Override
    public BlockDevice on(World world, BlockDevice device) {
        return new Watched(world, device);
    }

    private final class Watched implements BlockDevice {
        private final World world;
        private final BlockDevice device;

        Watched(World world, BlockDevice device) {
            this.world = world;
            this.device = device;
        }

        @Override
        public long sectorCount() {
            return device.sectorCount();
        }

        @Override
        public Completion submit(Request request) {
            List<Passage> way = way(new Throwable().getStackTrace());
            way.add(new Passage(Layer.DISK, text(request)));
            events.add(new Event(
                    world.clock().nowNanos(),
                    world.runner().current().index(),
                    world.runner().current().operation().sequence(),
                    way));
            return device.submit(request);
        }

        @Override
        public long skipZeroes(long sector, long end) {
            return device.skipZeroes(sector, end);
        }
    }

    private static String text(Request request) {
        return switch (request) {
            case Request.Read read -> "read " + sectors(read.count(), read.sector());
            case Request.Write write ->
                (write.fua() ? "write with FUA " : "write ") + sectors(write.count(), write.sector()) + ", "
                        + write.cause().kind().name();
            case Request.Flush flush -> "flush";
            case Request.Discard discard -> "discard " + sectors(discard.count(), discard.sector());
        };
    }

    private static String sectors(long count, long first) {
        return count + (count == 1 ? " sector" : " sectors") + " at " + first;
    }

    /** The layers that a stack goes through, outermost first: each time another one is entered. */
    private static List<Passage> way(StackTraceElement[] stack) {
        List<Passage> way = new ArrayList<>();
        Layer inside = null;
        for (int i = stack.length - 1; i >= 0; i--) {
            Layer layer = Layer.of(stack[i].getClassName());
            boolean isHelper = stack[i].getMethodName().startsWith("lambda$");
            // It begins in the kernel; back in the frame of a call is where common code runs what is special to it.
            boolean isBelow = inside == null ? layer != Layer.FILESYSTEM : layer != Layer.SYSTEM_CALL;
            if (layer != null && layer != inside && !isHelper && isBelow) {
                way.add(new Passage(layer, method(layer, stack[i])));
                inside = layer;
            }
        }
        return way;
    }

    private static String method(Layer layer, StackTraceElement frame) {
        if (layer == Layer.SYSTEM_CALL) {
            return frame.getMethodName();
        }
        String name = frame.getClassName();
        return name.substring(name.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }

    /**
     * The timeline.
     *
     * @param operations what each operation is, by its number
     * @param actors names of tasks, by their index; empty when there is only one
     */
    public List<String> lines(Map<Integer, String> operations, List<String> actors) {
        List<String> lines = new ArrayList<>();
        TreeMap<Integer, String> left = new TreeMap<>(operations);
        Event last = null;
        for (Event event : events) {
            List<Passage> known = List.of();
            if (last != null && last.task == event.task && last.operation == event.operation) {
                known = last.way;
            } else {
                String actor = actors.isEmpty() ? "" : actors.get(event.task) + ", ";
                left.remove(event.operation);
                lines.add(actor + operations.getOrDefault(event.operation, "mounting, unmounting"));
            }
            lines.addAll(below(event, known));
            last = event;
        }
        if (!left.isEmpty()) {
            lines.add("answered from memory:");
            left.values().forEach(operation -> lines.add("  " + operation));
        }
        return lines;
    }

    /** What is new on the way of an event, each layer deeper by one step. */
    private static List<String> below(Event event, List<Passage> before) {
        List<String> lines = new ArrayList<>();
        int known = 0;
        while (known < before.size()
                && known < event.way.size() - 1
                && before.get(known).equals(event.way.get(known))) {
            known++;
        }
        for (int i = known; i < event.way.size(); i++) {
            Passage passage = event.way.get(i);
            boolean isRequest = i == event.way.size() - 1;
            String time = isRequest ? String.format(Locale.ROOT, "%11.3f ms", event.nanos / 1e6) : " ".repeat(14);
            String text = time + "  " + "  ".repeat(i) + passage.method;
            lines.add(text + " ".repeat(Math.max(2, LABEL_COLUMN - text.length())) + passage.layer.words());
        }
        return lines;
    }
}
