package dev.powercut.app.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What a module may know of the others. */
final class ArrowRules {
    private ArrowRules() {}

    /** A class depends only on modules that the arrows lead to. */
    static ArchRule arrows() {
        return ClassRule.eachOfOurs("follow the arrows between modules", (type, violation) -> {
            Module from = Module.of(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (Module.isOurs(target) && !from.maySee(Module.of(target))) {
                    violation.accept(from.name() + " must not see "
                            + Module.of(target).name() + ": " + dependency.getDescription());
                }
            }
        });
    }

    /** No text or identifier in the harness holds one of the given names of targets and report formats as a word. */
    static ArchRule harnessNamesNone(Collection<String> names) {
        List<String> quoted = names.stream().map(Pattern::quote).toList();
        Pattern anyName = Pattern.compile("(?<![\\w-])(" + String.join("|", quoted) + ")(?![\\w-])");
        return ClassRule.eachOfOurs("name no target and no report format in the harness", (type, violation) -> {
            if (!Module.of(type).isHarness()) {
                return;
            }
            for (PoolEntry entry : Bytecode.of(type).constantPool()) {
                if (entry instanceof Utf8Entry text
                        && anyName.matcher(text.stringValue()).find()) {
                    violation.accept(type.getName() + " names one in \"" + text.stringValue() + "\"");
                }
            }
        });
    }
}
