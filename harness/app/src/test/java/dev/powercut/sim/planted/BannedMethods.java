package dev.powercut.sim.planted;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Planted violations: one method for each kind of call; those that begin with {@code allowed} are not. */
final class BannedMethods {
    double mathRandom() {
        return Math.random();
    }

    long nanoTime() {
        return System.nanoTime();
    }

    LongSupplier currentTimeMillisByReference() {
        return System::currentTimeMillis;
    }

    LongSupplier nanoTimeInLambda() {
        return () -> System.nanoTime() + 1;
    }

    int identityHashCode() {
        return System.identityHashCode(this);
    }

    String environment() {
        return System.getenv("HOME");
    }

    Instant instantNow() {
        return Instant.now();
    }

    LocalDateTime dateTimeNow() {
        return LocalDateTime.now(ZoneOffset.UTC);
    }

    String uuid() {
        return UUID.randomUUID().toString();
    }

    Set<String> setOf() {
        return Set.of("a", "b");
    }

    Map<String, String> mapOf() {
        return Map.of("a", "b");
    }

    long parallelStream(List<String> list) {
        return list.parallelStream().count();
    }

    int parallel() {
        return IntStream.range(0, 9).parallel().sum();
    }

    void parallelSort(int[] numbers) {
        Arrays.parallelSort(numbers);
    }

    Map<Integer, List<String>> groupingBy(List<String> list) {
        return list.stream().collect(Collectors.groupingBy(String::length));
    }

    Map<Integer, List<String>> allowedGroupingBy(List<String> list) {
        return list.stream().collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toList()));
    }

    Map<String, String> allowedToMap(List<String> list) {
        return list.stream()
                .collect(Collectors.toMap(Function.identity(), Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    Instant allowedInstant() {
        return Instant.ofEpochSecond(1);
    }
}
