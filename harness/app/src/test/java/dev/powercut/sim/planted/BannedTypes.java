package dev.powercut.sim.planted;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Planted violations: one method for each kind of type; the last two are allowed. */
@SuppressWarnings({"unused", "DoNotUseRuntime"})
final class BannedTypes {
    int random() {
        return new Random(1).nextInt();
    }

    int secureRandom() {
        return new SecureRandom().nextInt();
    }

    int threadLocalRandom() {
        return ThreadLocalRandom.current().nextInt();
    }

    Map<String, String> hashMap() {
        return new HashMap<>();
    }

    Set<String> hashSet() {
        return new HashSet<>();
    }

    Map<String, String> identityHashMap() {
        return new IdentityHashMap<>();
    }

    Map<String, String> concurrentHashMap() {
        return new ConcurrentHashMap<>();
    }

    void lock() {
        new ReentrantLock().lock();
    }

    void thread(Runnable body) {
        new Thread(body).start();
    }

    void virtualThread(Runnable body) {
        Thread.ofVirtual().start(body);
    }

    ThreadLocal<String> threadLocal() {
        return new ThreadLocal<>();
    }

    int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    long allowedUnit() {
        return TimeUnit.SECONDS.toNanos(1);
    }

    Map<String, String> allowedMap() {
        return new LinkedHashMap<>();
    }
}
