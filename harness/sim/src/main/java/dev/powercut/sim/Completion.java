package dev.powercut.sim;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The end of something submitted earlier, such as a disk request. */
public final class Completion {

    private final @Nullable Runner runner;
    private final @Nullable WaitQueue waiters;
    private boolean done;
    private @Nullable RuntimeException failure;
    private @Nullable Translation translation;

    /** What a failure is to who waits. */
    @FunctionalInterface
    public interface Translation {

        /** Called once, as soon as it is known. Returns what to throw, or null when there is nothing to tell. */
        @Nullable
        RuntimeException of(RuntimeException failure);
    }

    private Completion(@Nullable Runner runner, @Nullable WaitQueue waiters) {
        this.runner = runner;
        this.waiters = waiters;
    }

    /** One that will be completed later, by {@link #complete} or {@link #fail}; the name says what a waiter waits for. */
    public static Completion pending(Runner runner, String name) {
        return new Completion(runner, new WaitQueue(name));
    }

    /** One that is complete already. */
    public static Completion completed() {
        Completion completion = new Completion(null, null);
        completion.done = true;
        return completion;
    }

    /** One that has failed already. */
    public static Completion failed(RuntimeException failure) {
        Completion completion = completed();
        completion.failure = failure;
        return completion;
    }

    /** Has whoever waits for this told another failure than the one that comes of it, or none; before or after it is known. */
    public void translate(Translation other) {
        if (translation != null) {
            throw new IllegalStateException("translated twice");
        }
        translation = other;
        if (failure != null) {
            failure = other.of(failure);
        }
    }

    public boolean isDone() {
        return done;
    }

    /** Waits until it is done, and throws what made it fail. */
    public void await() {
        while (!done) {
            Objects.requireNonNull(runner).block(Objects.requireNonNull(waiters));
        }
        if (failure != null) {
            throw failure;
        }
    }

    public void complete() {
        finish(null);
    }

    public void fail(RuntimeException cause) {
        finish(cause);
    }

    private void finish(@Nullable RuntimeException cause) {
        if (done) {
            throw new IllegalStateException("completed twice");
        }
        done = true;
        failure = cause == null || translation == null ? cause : translation.of(cause);
        Objects.requireNonNull(runner).wakeAll(Objects.requireNonNull(waiters));
    }
}
