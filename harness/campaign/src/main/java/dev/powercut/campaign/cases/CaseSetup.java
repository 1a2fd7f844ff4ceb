package dev.powercut.campaign.cases;

import dev.powercut.campaign.CrashModels;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.JudgeSession;
import dev.powercut.campaign.LiveOracle;
import dev.powercut.campaign.Named;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.config.InputFile;
import dev.powercut.campaign.config.LocatedJson;
import dev.powercut.campaign.config.LocatedJson.Value;
import dev.powercut.check.concurrent.ConcurrencyDefect;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.MountException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sees that what a case names is installed, and that its disk can be made, while the line that says so is still known. */
public final class CaseSetup {

    private CaseSetup() {}

    /**
     * Looks at a case of any sort, which can be read.
     *
     * @param path a case file, or a folder with one
     * @throws UsageException naming file, line and reason
     */
    public static void check(Path path) {
        Path file = CaseFile.of(path);
        Value root = LocatedJson.parse(file.toString(), InputFile.bytes(CaseFile.SORT, file));
        Value name = root.field("target");
        FileSystemTarget target = at(name, () -> Installed.fileSystem(name.text()));
        Value setting = root.field("setting");
        @Nullable String defect = defect(target, setting.optional("defect"));
        Value crash = setting.field("crash");
        if (!crash.text().equals(CaseFile.NO_CRASH)) {
            at(crash, () -> CrashModels.of(crash.text()));
        }
        Value fault = setting.optional("fault");
        if (fault != null) {
            at(fault, () -> String.valueOf(Installed.fault(fault.text())));
        }
        FormatRequest format = format(target, setting);
        oracle(target, root.field("expected"));
        Value mount = setting.field("mountOptions");
        at(mount, () -> {
            new Recorder(target, defect, format, mount.text(), KernelOptions.DEFAULT).validate();
            return "";
        });
    }

    /** What is asked for of the disk. That it cannot be is laid to the field without which it could. */
    private static FormatRequest format(FileSystemTarget target, Value setting) {
        FormatRequest wanted = CaseJson.format(setting);
        Value culprit = setting.field("sizeBytes");
        if (!canBeMade(target, wanted)) {
            FormatRequest plain = new FormatRequest(wanted.sizeBytes(), wanted.blockSizeBytes(), "");
            FormatRequest usualBlocks = new FormatRequest(wanted.sizeBytes(), 0, wanted.options());
            if (!wanted.options().isEmpty() && canBeMade(target, plain)) {
                culprit = setting.field("formatOptions");
            } else if (wanted.blockSizeBytes() != 0 && canBeMade(target, usualBlocks)) {
                culprit = setting.field("blockSizeBytes");
            }
        }
        return at(culprit, () -> {
            FormatRequest format = Run.format(wanted, target);
            target.format(format);
            return format;
        });
    }

    private static boolean canBeMade(FileSystemTarget target, FormatRequest wanted) {
        try {
            target.format(Run.format(wanted, target));
            return true;
        } catch (UsageException | IllegalArgumentException e) {
            return false;
        }
    }

    /** An oracle, or whatever else finds something. */
    private static void oracle(FileSystemTarget target, Value expected) {
        Value oracle = expected.optional("oracle");
        if (oracle == null) {
            return;
        }
        List<String> known = new ArrayList<>(List.of(LiveOracle.NAME, JudgeSession.ORACLE));
        Installed.oracles().forEach(one -> known.add(one.name()));
        if (!known.contains(oracle.text())) {
            throw oracle.error(
                    String.valueOf(Named.unknown("oracle", oracle.text(), known).getMessage()));
        }
        if (oracle.text().equals(JudgeSession.ORACLE) && target.externalJudge() == null) {
            throw oracle.error(target.name() + " has no judge outside");
        }
    }

    /** The name of a defect of the target, or null for none of its: then it is one of the kernel's locking. */
    private static @Nullable String defect(FileSystemTarget target, @Nullable Value defect) {
        if (defect == null || ConcurrencyDefect.find(defect.text()) != null) {
            return null;
        }
        at(defect, () -> String.valueOf(Installed.defect(target, defect.text())));
        return defect.text();
    }

    private static <T> T at(Value value, Supplier<T> look) {
        try {
            return look.get();
        } catch (UsageException | IllegalArgumentException e) {
            throw value.error(String.valueOf(e.getMessage()));
        } catch (MountException e) {
            throw value.error("the disk of the case cannot be mounted: " + e.getMessage());
        }
    }
}
