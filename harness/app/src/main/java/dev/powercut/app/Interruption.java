package dev.powercut.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C while a run goes on: tells it to stop, and holds the end of the JVM back until what was found so far has been written.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "powercut-interrupt");

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isStopped() {
        return stopped.get();
    }

    private void stop() {
        stopped.set(true);
        try {
            if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("powercut: what was found so far could not be written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything has been written: the JVM may end. */
    @Override
    public void close() {
        written.countDown();
        if (!stopped.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The end has begun just now: the hook runs, and finds that all is written.
                stopped.set(true);
            }
        }
    }
}
