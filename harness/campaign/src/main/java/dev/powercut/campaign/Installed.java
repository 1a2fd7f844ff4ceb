package dev.powercut.campaign;

import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.ImageTool;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.target.Target;
import dev.powercut.sim.disk.fault.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is on the class path: targets, oracles, image tools, report formats, each sorted by name. */
public final class Installed {

    private Installed() {}

    /**
     * A fault of a device by its name and rate.
     *
     * @throws UsageException when there is no such fault
     */
    public static @Nullable Fault fault(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String name = text.replaceFirst(":.*", "");
        if (!Fault.names().contains(name)) {
            throw Named.unknown("fault", name, Fault.names());
        }
        try {
            return Fault.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("fault " + text + ": " + e.getMessage(), e);
        }
    }

    public static List<Target> targets() {
        return sorted(Target.class, Target::name);
    }

    public static List<Oracle> oracles() {
        return sorted(Oracle.class, Oracle::name);
    }

    public static List<ImageTool> imageTools() {
        return sorted(ImageTool.class, ImageTool::type);
    }

    public static List<ReportFormat> reportFormats() {
        return sorted(ReportFormat.class, ReportFormat::name);
    }

    /** @throws UsageException when there is no such target, or it is not a filesystem */
    public static FileSystemTarget fileSystem(String name) {
        List<FileSystemTarget> fileSystems = new ArrayList<>();
        for (Target target : targets()) {
            if (target instanceof FileSystemTarget fileSystem) {
                fileSystems.add(fileSystem);
            }
        }
        return find("target", name, fileSystems, FileSystemTarget::name);
    }

    /** @throws UsageException when there is no such target */
    public static Target target(String name) {
        return find("target", name, targets(), Target::name);
    }

    /** @throws UsageException when there is no such type */
    public static ImageTool imageTool(String type) {
        return find("type", type, imageTools(), ImageTool::type);
    }

    /** @throws UsageException when there is no such format */
    public static ReportFormat reportFormat(String name) {
        return find("report format", name, reportFormats(), ReportFormat::name);
    }

    /**
     * A target's planted defect, or it without one of its barriers; null gives null.
     *
     * @throws UsageException when the target has no such defect
     */
    public static @Nullable PlantedDefect defect(Target target, @Nullable String name) {
        if (name != null && name.startsWith(Barrier.WITHOUT) && target instanceof FileSystemTarget fileSystem) {
            String barrier = name.substring(Barrier.WITHOUT.length());
            return find("barrier of " + target.name(), barrier, fileSystem.barriers(), Barrier::name)
                    .removed();
        }
        List<PlantedDefect> all = new ArrayList<>(target.defects());
        all.addAll(target.furtherDefects());
        return name == null ? null : find("defect of " + target.name(), name, all, PlantedDefect::name);
    }

    private static <T> T find(String sort, String name, List<T> all, Function<T, String> nameOf) {
        List<String> names = new ArrayList<>();
        for (T one : all) {
            if (nameOf.apply(one).equals(name)) {
                return one;
            }
            names.add(nameOf.apply(one));
        }
        throw Named.unknown(sort, name, names);
    }

    private static <T> List<T> sorted(Class<T> service, Function<T, String> nameOf) {
        List<T> all = new ArrayList<>();
        ServiceLoader.load(service).forEach(all::add);
        all.sort(Comparator.comparing(nameOf));
        return all;
    }
}
