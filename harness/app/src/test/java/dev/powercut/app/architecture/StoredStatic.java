package dev.powercut.app.architecture;

import com.tngtech.archunit.core.domain.JavaField;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a class initialiser puts into a static field, told from the instructions before the store. */
sealed interface StoredStatic {
    /** An immutable collection, an array without elements, or a function that captures nothing. */
    record Constant() implements StoredStatic {}

    /** A fresh object of just this class. */
    record NewObject(String className) implements StoredStatic {}

    /** Anything else; only the declared type speaks. */
    record Unknown() implements StoredStatic {}

    /** Factories of collections that nobody can change. */
    Map<String, Set<String>> IMMUTABLE_FACTORIES = Map.of(
            "java/util/List", Set.of("of", "copyOf"),
            "java/util/Set", Set.of("of", "copyOf"),
            "java/util/Map", Set.of("of", "ofEntries", "copyOf"),
            "java/util/stream/Stream", Set.of("toList"));

    /** Reads the class file of the field's owner. */
    static StoredStatic of(JavaField field) {
        ClassModel owner = Bytecode.of(field.getOwner());
        Predicate<Instruction> storesIt = instruction -> instruction instanceof FieldInstruction store
                && store.opcode() == Opcode.PUTSTATIC
                && store.owner().equals(owner.thisClass())
                && store.name().equalsString(field.getName());
        List<StoredStatic> stored = madeBefore(storesIt, "<clinit>", owner, true);
        return stored.size() == 1 ? stored.getFirst() : new Unknown();
    }

    /**
     * What stands on top of the stack before each instruction of a kind, in the methods of a name; calls of the class's own
     * methods are followed once at most.
     */
    private static List<StoredStatic> madeBefore(
            Predicate<Instruction> chosen, String method, ClassModel owner, boolean follow) {
        List<StoredStatic> made = new ArrayList<>();
        for (MethodModel candidate : owner.methods()) {
            if (!candidate.methodName().equalsString(method) || candidate.code().isEmpty()) {
                continue;
            }
            @Nullable Instruction before = null;
            @Nullable Instruction beforeThat = null;
            for (CodeElement element : candidate.code().get()) {
                if (element instanceof Instruction instruction && !(instruction instanceof TypeCheckInstruction)) {
                    if (chosen.test(instruction)) {
                        made.add(made(beforeThat, before, owner, follow));
                    }
                    beforeThat = before;
                    before = instruction;
                }
            }
        }
        return made;
    }

    private static StoredStatic made(
            @Nullable Instruction before, @Nullable Instruction by, ClassModel owner, boolean follow) {
        return switch (by) {
            case InvokeInstruction call
            when call.name().equalsString("<init>") ->
                new NewObject(call.owner().asInternalName().replace('/', '.'));
            case InvokeInstruction call
            when isImmutableFactory(call) || follow && alwaysReturnsConstant(call, owner) -> new Constant();
            case InvokeDynamicInstruction function when function.typeSymbol().parameterCount() == 0 -> new Constant();
            case NewReferenceArrayInstruction array
            when before != null && before.opcode() == Opcode.ICONST_0 -> new Constant();
            case null, default -> new Unknown();
        };
    }

    /** Whether a call goes to a method of the same class that ends only in a constant of the kinds told here. */
    private static boolean alwaysReturnsConstant(InvokeInstruction call, ClassModel owner) {
        if (call.opcode() != Opcode.INVOKESTATIC || !call.owner().equals(owner.thisClass())) {
            return false;
        }
        String method = call.name().stringValue();
        List<StoredStatic> returned =
                madeBefore(instruction -> instruction.opcode() == Opcode.ARETURN, method, owner, false);
        return !returned.isEmpty() && returned.stream().allMatch(Constant.class::isInstance);
    }

    private static boolean isImmutableFactory(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        return IMMUTABLE_FACTORIES.getOrDefault(owner, Set.of()).contains(name)
                || owner.equals("java/util/Collections")
                        && (name.startsWith("unmodifiable") || name.startsWith("empty"));
    }
}
