package dev.powercut.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;

/**
 * The modules of the house and the arrows between them.
 *
 * @param name as its folder: {@code kernel}, {@code targets/ext}
 */
record Module(String name) {
    private static final String ROOT = "dev.powercut.";

    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("sim", List.of()),
            Map.entry("kernel", List.of("sim")),
            Map.entry("check", List.of("sim", "kernel")),
            Map.entry("jvm", List.of("sim", "kernel", "check")),
            Map.entry("campaign", List.of("sim", "kernel", "check")),
            Map.entry("bridge", List.of("sim", "kernel", "check", "campaign")),
            Map.entry("junit", List.of("sim", "kernel", "check", "campaign", "jvm")),
            Map.entry("reports", List.of("sim", "kernel", "check", "campaign")),
            Map.entry("app", List.of("sim", "kernel", "check", "campaign", "bridge")),
            Map.entry("targets/libraries", List.of("sim", "kernel", "check", "jvm", "junit")));

    private static final List<String> ANY_TARGET = List.of("sim", "kernel", "check");

    /** Module that a class belongs to, by its package. */
    static Module of(JavaClass type) {
        String[] parts = type.getPackageName().substring(ROOT.length()).split("\\.", 3);
        return new Module(parts[0].equals("targets") && parts.length > 1 ? "targets/" + parts[1] : parts[0]);
    }

    /** Whether a class is part of Powercut. */
    static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }

    /** All main classes on the class path; tests, planted violations among them, are left out. */
    static JavaClasses mainClasses() {
        ImportOption mainOnly = location -> !location.contains("/test-classes/");
        return new ClassFileImporter().withImportOption(mainOnly).importPackages("dev.powercut");
    }

    boolean maySee(Module other) {
        return equals(other)
                || ARROWS.getOrDefault(name, isTarget() ? ANY_TARGET : List.of())
                        .contains(other.name);
    }

    /** Whether the code of this module runs inside the simulated world, where everything repeats. */
    boolean isSimulated() {
        return isTarget() || name.equals("sim") || name.equals("kernel") || name.equals("check");
    }

    boolean isHarness() {
        return !isTarget() && !name.equals("reports");
    }

    boolean isTarget() {
        return name.startsWith("targets/");
    }
}
