package dev.powercut.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Simulated code keeps no state in statics: two worlds in one JVM would see each other, and the second run of a seed would differ
 * from the first.
 *
 * <p>A static field passes when it is final and provably constant. Proof is taken from the type that the class initialiser
 * really stores (the class after {@code new}, a lambda that captures nothing, an immutable collection's factory), and else from
 * the declared type: primitives, strings and other values of the JDK, and our own closed types all of whose fields are final and
 * provably constant in turn. An array of such things passes when it is private, as tables are, or when it is empty.
 */
final class StaticStateRules {
    private static final Set<String> VALUES = Set.of(
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Character",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.Class",
            "java.lang.invoke.VarHandle",
            "java.lang.invoke.MethodHandle",
            "java.math.BigInteger",
            "java.math.BigDecimal",
            "java.nio.ByteOrder",
            "java.nio.charset.Charset",
            "java.time.Duration",
            "java.time.Instant",
            "java.util.HexFormat",
            "java.util.Locale",
            "java.util.OptionalInt",
            "java.util.OptionalLong",
            "java.util.UUID",
            "java.util.regex.Pattern");

    /** Types that never change although a field of theirs could, each read and found so. */
    static final Map<String, String> REVIEWED = Map.of(
            "dev.powercut.check.model.PersistentArray", "setting an element copies the path to it",
            "dev.powercut.check.target.Guarantees", "its list is copied when it is made",
            "dev.powercut.check.tree.FileContents", "its extents are never written to after it is made");

    private StaticStateRules() {}

    static ArchRule noMutableStatics() {
        return ClassRule.eachSimulated("keep no state in statics", (type, violation) -> {
            for (JavaField field : type.getFields()) {
                Set<JavaModifier> modifiers = field.getModifiers();
                if (modifiers.contains(JavaModifier.STATIC) && !modifiers.contains(JavaModifier.SYNTHETIC)) {
                    fault(field).ifPresent(fault -> violation.accept(field.getFullName() + " " + fault));
                }
            }
        });
    }

    private static Optional<String> fault(JavaField field) {
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
            return Optional.of("is static and not final");
        }
        StoredStatic stored = StoredStatic.of(field);
        boolean constant = switch (stored) {
            case StoredStatic.Constant constantByMaking -> argumentsAreConstant(field.getType());
            case StoredStatic.NewObject made -> fieldsAreConstant(classOf(field, made.className()), new HashSet<>());
            case StoredStatic.Unknown unknown -> isConstant(field, new HashSet<>());
        };
        return constant
                ? Optional.empty()
                : Optional.of("is static and not provably constant ("
                        + field.getRawType().getName() + ")");
    }

    /** Whether what an immutable collection holds is constant too; other types have no arguments, or harmless ones. */
    private static boolean argumentsAreConstant(JavaType type) {
        if (!(type instanceof JavaParameterizedType parameterized)
                || !type.toErasure().isAssignableTo(Iterable.class)
                        && !type.toErasure().isAssignableTo(Map.class)) {
            return true;
        }
        return parameterized.getActualTypeArguments().stream()
                .allMatch(argument -> isConstantType(argument.toErasure(), new HashSet<>())
                        || List.of("java.util.List", "java.util.Map")
                                        .contains(argument.toErasure().getName())
                                && argumentsAreConstant(argument)
                        || isFunction(argument.toErasure()));
    }

    /** A functional interface has no fields of its own; what stands behind it was made by code that this rule reads too. */
    private static boolean isFunction(JavaClass type) {
        return type.getPackageName().equals("java.util.function");
    }

    private static JavaClass classOf(JavaField field, String name) {
        if (field.getOwner().getName().equals(name)) {
            return field.getOwner();
        }
        return field.getOwner().getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass())
                .filter(type -> type.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(field.getFullName() + " is made of unseen " + name));
    }

    private static boolean isConstant(JavaField field, Set<JavaClass> assumed) {
        JavaClass type = field.getRawType();
        if (type.isArray()) {
            return field.getModifiers().contains(JavaModifier.PRIVATE)
                    && isConstantType(type.getBaseComponentType(), assumed);
        }
        return isConstantType(type, assumed);
    }

    private static boolean isConstantType(JavaClass type, Set<JavaClass> assumed) {
        if (type.isPrimitive() || VALUES.contains(type.getName())) {
            return true;
        }
        boolean closed = type.isRecord() || type.isEnum() || type.getModifiers().contains(JavaModifier.FINAL);
        return closed && fieldsAreConstant(type, assumed);
    }

    private static boolean fieldsAreConstant(JavaClass type, Set<JavaClass> assumed) {
        if (REVIEWED.containsKey(type.getName()) || !assumed.add(type)) {
            return true;
        }
        if (!Module.isOurs(type) && !type.isEnum()) {
            return false;
        }
        return type.getAllFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getOwner().getPackageName().equals("java.lang"))
                .allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL) && isConstant(field, assumed));
    }
}
