package dev.powercut.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A rule that looks at one class after the other and says what is wrong with each. */
final class ClassRule {
    private ClassRule() {}

    static ArchRule eachOfOurs(String should, BiConsumer<JavaClass, Consumer<String>> check) {
        return each("are part of Powercut", Module::isOurs, should, check);
    }

    static ArchRule eachSimulated(String should, BiConsumer<JavaClass, Consumer<String>> check) {
        Predicate<JavaClass> simulated =
                type -> Module.isOurs(type) && Module.of(type).isSimulated();
        return each("run in the simulated world", simulated, should, check);
    }

    private static ArchRule each(
            String that, Predicate<JavaClass> chosen, String should, BiConsumer<JavaClass, Consumer<String>> check) {
        ArchCondition<JavaClass> condition = new ArchCondition<>(should) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, message -> events.add(SimpleConditionEvent.violated(type, message)));
            }
        };
        return classes().that(DescribedPredicate.describe(that, chosen)).should(condition);
    }
}
