package dev.powercut.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node in the tree of choice streams. Its key is a hash of its path, independent of the seed; the value at position i is
 * a mix of (seed, key, i), so that no stream's values depend on how often another was asked.
 */
final class ChoiceStream implements Choices {

    private static final long ROOT_KEY = 0x9E3779B97F4A7C15L;

    private final Source source;
    private final @Nullable ChoiceStream parent;
    private final String name;
    private final long familyIndex;
    private final long key;
    private int position;

    private ChoiceStream(Source source, @Nullable ChoiceStream parent, String name, long familyIndex, long key) {
        this.source = source;
        this.parent = parent;
        this.name = name;
        this.familyIndex = familyIndex;
        this.key = key;
    }

    static ChoiceStream root(ChoiceBase base, List<ChoiceOverride> overrides, @Nullable ChoiceRecorder recorder) {
        return new ChoiceStream(new Source(base, overrides, recorder), null, "", -1, ROOT_KEY);
    }

    @Override
    public int choose(String kind, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound of choice '" + kind + "' must be at least 1, not " + bound);
        }
        int index = position++;
        int value = source.value(this, index, bound);
        if (source.recorder != null) {
            source.recorder.drawn(this, index, kind, bound, value);
        }
        return value;
    }

    @Override
    public Choices split(String childName) {
        return child(childName, -1);
    }

    @Override
    public Choices split(String childName, long index) {
        if (index < 0) {
            throw new IllegalArgumentException("index of stream '" + childName + "' must not be negative: " + index);
        }
        return child(childName, index);
    }

    private ChoiceStream child(String childName, long index) {
        long childKey = Mixing.mix(Mixing.mix(key ^ Mixing.hash(childName)) + index);
        return new ChoiceStream(source, this, childName, index, childKey);
    }

    @Override
    public String path() {
        if (parent == null) {
            return "";
        }
        String own = familyIndex < 0 ? name : name + "[" + familyIndex + "]";
        String above = parent.path();
        return above.isEmpty() ? own : above + "/" + own;
    }

    @Override
    public String toString() {
        return "choices " + path();
    }

    /** What all streams of one tree share. */
    private static final class Source {
        private final ChoiceBase base;
        private final Map<String, List<ChoiceOverride>> overrides = new TreeMap<>();
        private final @Nullable ChoiceRecorder recorder;
        private int bytesUsed;

        Source(ChoiceBase base, List<ChoiceOverride> overrides, @Nullable ChoiceRecorder recorder) {
            this.base = base;
            this.recorder = recorder;
            for (ChoiceOverride override : overrides) {
                this.overrides
                        .computeIfAbsent(override.path(), path -> new ArrayList<>())
                        .add(override);
            }
        }

        int value(ChoiceStream stream, int index, int bound) {
            int drawn = switch (base) {
                case ChoiceBase.Seed(long seed) ->
                    Mixing.reduce(Mixing.mix(Mixing.mix(seed ^ stream.key) + index * ROOT_KEY), bound);
                case ChoiceBase.Zero() -> 0;
                case ChoiceBase.Bytes(byte[] bytes) -> fromBytes(bytes, bound);
            };
            if (!overrides.isEmpty()) {
                List<ChoiceOverride> own = overrides.get(stream.path());
                if (own != null) {
                    for (ChoiceOverride override : own) {
                        if (override.index() == index) {
                            return override.value() % bound;
                        }
                    }
                }
            }
            return drawn;
        }

        private int fromBytes(byte[] bytes, int bound) {
            int width = bound <= 1 ? 0 : bound <= 1 << 8 ? 1 : bound <= 1 << 16 ? 2 : 4;
            long value = 0;
            for (int i = 0; i < width; i++) {
                value = value << 8 | (bytesUsed < bytes.length ? bytes[bytesUsed++] & 0xFF : 0);
            }
            return (int) (value % bound);
        }
    }
}
