package dev.powercut.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does pieces of work on several threads, each piece on one; what comes of it stands in the order of the pieces. */
public final class Workers {

    private Workers() {}

    /** @param workers how many pieces at a time, at least 1 */
    public static <T, R> List<R> map(List<T> pieces, int workers, Function<T, R> work) {
        List<R> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(workers, Math.max(1, pieces.size())))) {
            List<Future<R>> running = new ArrayList<>();
            for (T piece : pieces) {
                running.add(pool.submit(() -> work.apply(piece)));
            }
            for (Future<R> one : running) {
                results.add(result(one, pool));
            }
        }
        return results;
    }

    /**
     * The same until it is stopped: what has not been begun by then is left out.
     *
     * @param stopped asked before each piece
     */
    public static <T, R> List<R> mapUntil(BooleanSupplier stopped, List<T> pieces, int workers, Function<T, R> work) {
        return map(pieces, workers, piece -> stopped.getAsBoolean() ? List.<R>of() : List.of(work.apply(piece)))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Waits for a piece; when it failed, nothing else of the pool is begun. */
    public static <R extends @Nullable Object> R result(Future<R> future, ExecutorService pool) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a worker", e);
        } catch (ExecutionException e) {
            pool.shutdownNow();
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
