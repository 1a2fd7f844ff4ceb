package dev.powercut.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of JVMs that a test starts; what they run is short. */
final class OtherJvm {

    private OtherJvm() {}

    /** A command line to which the arguments of {@code powercut} are added. */
    static List<String> powercut(String... options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Powercut.class.getName()));
        return command;
    }
}
