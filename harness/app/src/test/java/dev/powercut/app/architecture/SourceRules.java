package dev.powercut.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** How the sources are named, sized and marked. */
final class SourceRules {
    /** Files above this many lines want to be two. */
    static final int MOST_LINES = 400;

    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Utils?|Manager|Helper|Impl)");

    private static final Pattern PROPERTY = Pattern.compile("(?m)^\\s*@Property\\b(\\s*\\([^;{]*?\\)\\s)?");

    private static final Pattern FUZZ_TEST = Pattern.compile("(?m)^\\s*@FuzzTest\\b");

    private SourceRules() {}

    static ArchRule noVagueNames() {
        return ClassRule.eachOfOurs("have names that say what they are", (type, violation) -> {
            if (VAGUE_NAME.matcher(type.getSimpleName()).matches()) {
                violation.accept(type.getName() + " says by its name what it belongs to, not what it is");
            }
        });
    }

    /** Packages without a package-info that is marked for nullness. */
    static List<String> unmarkedPackages(JavaClasses types) {
        Map<String, Boolean> marked = new TreeMap<>();
        for (JavaClass type : types) {
            boolean mark = type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NullMarked.class);
            marked.merge(type.getPackageName(), mark, Boolean::logicalOr);
        }
        return marked.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Main sources with too many lines, each with its length. */
    static List<String> longSources(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources(root, "/src/main/java/")) {
            int lines = Files.readAllLines(source).size();
            if (lines > MOST_LINES) {
                found.add(root.relativize(source) + " has " + lines + " lines");
            }
        }
        return found;
    }

    /** Tests with a jqwik property that fixes no seed, so that two builds of one tree could differ. */
    static List<String> propertiesWithoutSeed(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources(root, "/src/test/java/")) {
            Matcher property = PROPERTY.matcher(Files.readString(source));
            while (property.find()) {
                if (!property.group().contains("seed")) {
                    found.add(root.relativize(source) + ": " + property.group().strip());
                }
            }
        }
        return found;
    }

    /** Fuzz test classes that have not just one fuzz test, or no saved inputs for it. */
    static List<String> unfitFuzzTests(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources(root, "/src/test/java/")) {
            String name = source.toString();
            if (!name.endsWith("FuzzTest.java")) {
                continue;
            }
            long methods = FUZZ_TEST.matcher(Files.readString(source)).results().count();
            if (methods != 1) {
                found.add(root.relativize(source) + " has " + methods
                        + " @FuzzTest methods; only one is fuzzed in a JVM");
            }
            Path inputs = Path.of(
                    name.replace("/src/test/java/", "/src/test/resources/").replace(".java", "Inputs"));
            if (!holdsAFile(inputs)) {
                found.add(root.relativize(source) + " has no inputs in " + root.relativize(inputs));
            }
        }
        return found;
    }

    private static boolean holdsAFile(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(Files::isRegularFile);
        }
    }

    private static List<Path> sources(Path root, String kind) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String top : List.of("harness", "targets", "reports")) {
            Path folder = root.resolve(top);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> file.toString().replace('\\', '/').contains(kind))
                            .forEach(found::add);
                }
            }
        }
        found.sort(null);
        return found;
    }
}
