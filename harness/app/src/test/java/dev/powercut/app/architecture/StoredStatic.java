package dev.powercut.app.architecture;

import com.tngtech.archunit.core.domain.JavaField;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.Map;
import java.util.Set;
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
        for (MethodModel method : Bytecode.of(field.getOwner()).methods()) {
            if (method.methodName().equalsString("<clinit>") && method.code().isPresent()) {
                return inInitialiser(method, field);
            }
        }
        return new Unknown();
    }

    private static StoredStatic inInitialiser(MethodModel initialiser, JavaField field) {
        String owner = field.getOwner().getName().replace('.', '/');
        @Nullable Instruction before = null;
        @Nullable Instruction beforeThat = null;
        for (CodeElement element : initialiser.code().orElseThrow()) {
            if (element instanceof FieldInstruction store
                    && store.opcode() == Opcode.PUTSTATIC
                    && store.owner().asInternalName().equals(owner)
                    && store.name().equalsString(field.getName())) {
                return made(beforeThat, before);
            }
            if (element instanceof Instruction instruction && !(instruction instanceof TypeCheckInstruction)) {
                beforeThat = before;
                before = instruction;
            }
        }
        return new Unknown();
    }

    private static StoredStatic made(@Nullable Instruction before, @Nullable Instruction by) {
        return switch (by) {
            case InvokeInstruction call
            when call.name().equalsString("<init>") ->
                new NewObject(call.owner().asInternalName().replace('/', '.'));
            case InvokeInstruction call when isImmutableFactory(call) -> new Constant();
            case InvokeDynamicInstruction function when function.typeSymbol().parameterCount() == 0 -> new Constant();
            case NewReferenceArrayInstruction array
            when before != null && before.opcode() == Opcode.ICONST_0 -> new Constant();
            case null, default -> new Unknown();
        };
    }

    private static boolean isImmutableFactory(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        return IMMUTABLE_FACTORIES.getOrDefault(owner, Set.of()).contains(name)
                || owner.equals("java/util/Collections")
                        && (name.startsWith("unmodifiable") || name.startsWith("empty"));
    }
}
