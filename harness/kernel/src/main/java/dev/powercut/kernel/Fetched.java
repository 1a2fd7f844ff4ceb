package dev.powercut.kernel;

import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A system call's body that hands out an object: as a number the call returns 0. */
final class Fetched<T> implements LongSupplier {

    private final Supplier<T> body;
    private @Nullable T result;

    Fetched(Supplier<T> body) {
        this.body = body;
    }

    @Override
    public long getAsLong() {
        result = body.get();
        return 0;
    }

    T result() {
        return Objects.requireNonNull(result);
    }
}
