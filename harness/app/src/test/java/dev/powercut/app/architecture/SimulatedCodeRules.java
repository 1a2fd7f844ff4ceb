package dev.powercut.app.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What code inside the simulated world may not touch, because a run would no longer be a function of its choices: real
 * time, chance, real threads and their locks, the order of hashing, and what the machine outside looks like.
 */
final class SimulatedCodeRules {
    /** Types that may not be mentioned at all, by full name or by package (ending in a dot). */
    private static final List<String> BANNED_TYPES = List.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.random.",
            "java.security.SecureRandom",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.util.concurrent.",
            "java.util.Timer",
            "java.util.Date",
            "java.util.Calendar",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.lang.InheritableThreadLocal",
            "java.lang.ScopedValue",
            "java.lang.Runtime",
            "java.lang.ref.");

    /** Units of time are only numbers. */
    private static final Set<String> ALLOWED_TYPES = Set.of("java.util.concurrent.TimeUnit");

    /** The one place that knows real threads: it lets one of them run at a time. */
    private static final String THREADS = "dev.powercut.sim.schedule.VirtualThreadBaton";

    private static final Set<String> TYPES_OF_THREADS =
            Set.of("java.lang.Thread", "java.util.concurrent.locks.LockSupport");

    /** Methods by the class that has them. */
    private static final Map<String, Set<String>> BANNED_METHODS = Map.ofEntries(
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.lang.StrictMath", Set.of("random")),
            Map.entry(
                    "java.lang.System",
                    Set.of(
                            "nanoTime",
                            "currentTimeMillis",
                            "identityHashCode",
                            "getenv",
                            "getProperty",
                            "getProperties",
                            "gc")),
            Map.entry("java.lang.Object", Set.of("wait", "notify", "notifyAll")),
            Map.entry("java.lang.Boolean", Set.of("getBoolean")),
            Map.entry("java.lang.Integer", Set.of("getInteger")),
            Map.entry("java.lang.Long", Set.of("getLong")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.Set", Set.of("of", "copyOf")),
            Map.entry("java.util.Map", Set.of("of", "ofEntries", "copyOf")),
            Map.entry("java.util.Collections", Set.of("shuffle")),
            Map.entry(
                    "java.util.stream.Collectors",
                    Set.of("toSet", "toUnmodifiableSet", "toUnmodifiableMap", "groupingByConcurrent")),
            Map.entry("java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis")));

    private SimulatedCodeRules() {}

    static ArchRule noBannedTypes() {
        return ClassRule.eachSimulated("use no type that differs between runs", (type, violation) -> {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String name = dependency.getTargetClass().getBaseComponentType().getName();
                if (isBannedType(name) && !isThreadOfTheScheduler(type.getName(), name)) {
                    violation.accept(name + " is banned: " + dependency.getDescription());
                }
            }
        });
    }

    static ArchRule noBannedMethods() {
        return ClassRule.eachSimulated("call nothing that differs between runs", (type, violation) -> {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (isBannedMethod(access)) {
                    violation.accept(access.getTarget().getFullName() + " is banned: " + access.getDescription());
                }
            }
        });
    }

    /** Methods by their flag, blocks by their bytecode. */
    static ArchRule nothingSynchronized() {
        return ClassRule.eachSimulated("synchronize on nothing", (type, violation) -> {
            for (MethodModel method : Bytecode.of(type).methods()) {
                String name = type.getName() + "." + method.methodName().stringValue();
                if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
                    violation.accept(name + " is synchronized");
                }
                if (method.code().isPresent()
                        && method.code().get().elementStream().anyMatch(MonitorInstruction.class::isInstance)) {
                    violation.accept(name + " has a synchronized block");
                }
            }
        });
    }

    private static boolean isThreadOfTheScheduler(String user, String used) {
        return (user.equals(THREADS) || user.startsWith(THREADS + "$"))
                && TYPES_OF_THREADS.stream().anyMatch(type -> used.equals(type) || used.startsWith(type + "$"));
    }

    private static boolean isBannedType(String name) {
        if (ALLOWED_TYPES.contains(name)) {
            return false;
        }
        Predicate<String> bans = banned ->
                banned.endsWith(".") ? name.startsWith(banned) : name.equals(banned) || name.startsWith(banned + "$");
        return BANNED_TYPES.stream().anyMatch(bans);
    }

    private static boolean isBannedMethod(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return BANNED_METHODS.getOrDefault(owner, Set.of()).contains(name)
                || owner.startsWith("java.time.") && name.equals("now")
                || owner.equals("java.util.Arrays") && name.startsWith("parallel")
                || name.equals("parallelStream")
                || owner.startsWith("java.util.stream.") && name.equals("parallel")
                || makesAHashMapInside(access);
    }

    /** {@code groupingBy} and {@code toMap} make a {@code HashMap} unless they are handed a supplier of the map. */
    private static boolean makesAHashMapInside(JavaAccess<?> access) {
        if (!access.getTargetOwner().getName().equals("java.util.stream.Collectors")
                || !(access.getTarget() instanceof CodeUnitAccessTarget target)) {
            return false;
        }
        String name = target.getName();
        return (name.equals("groupingBy") || name.equals("toMap"))
                && target.getRawParameterTypes().stream()
                        .noneMatch(parameter -> parameter.getName().equals("java.util.function.Supplier"));
    }
}
