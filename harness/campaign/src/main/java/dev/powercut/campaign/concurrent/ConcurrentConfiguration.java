package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.CrashModels;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.check.concurrent.ConcurrencyDefect;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.vfs.LockRules;
import dev.powercut.sim.disk.CrashModel;
import org.jspecify.annotations.Nullable;

/**
 * What a run of several processes is to do.
 *
 * @param script a program written as a script, or null to generate one for each seed
 * @param processes how many a generated program has
 * @param operations how many operations each of them has
 * @param schedules how many schedules of each program to run
 * @param crash name of a crash model, or {@link #NO_CRASH}
 * @param defect name of a planted defect, of the target or of the kernel's locking, or null
 * @param format size and block size 0 and no options for the target's own choice
 * @param states how many distinct crash images of each schedule to examine, about
 * @param fault what goes wrong with the device while the processes run, as {@link Installed#fault} reads it; or null
 */
public record ConcurrentConfiguration(
        @Nullable String script,
        int processes,
        int operations,
        SchedulePlan plan,
        long schedules,
        String crash,
        @Nullable String defect,
        FormatRequest format,
        String mountOptions,
        int states,
        @Nullable String fault) {

    public static final String NO_CRASH = CaseFile.NO_CRASH;
    public static final int DEFAULT_OPERATIONS = 6;
    public static final long DEFAULT_SCHEDULES = 200;

    /**
     * What a power cut may do; null when there is none.
     *
     * @throws UsageException when the crash model is unknown
     */
    public @Nullable CrashModel model() {
        return crash.equals(NO_CRASH) ? null : CrashModels.of(crash);
    }

    /** What the programs run on. */
    public ConcurrentSetting setting(FileSystemTarget target) {
        return setting(target, defect, format, mountOptions, fault);
    }

    static ConcurrentSetting setting(
            FileSystemTarget target,
            @Nullable String defect,
            FormatRequest format,
            String mountOptions,
            @Nullable String fault) {
        ConcurrencyDefect locking = defect == null ? null : ConcurrencyDefect.find(defect);
        return new ConcurrentSetting(
                target,
                locking == null ? defect : null,
                locking == null ? LockRules.ALL : locking.rules(),
                Run.format(format, target),
                mountOptions,
                ConcurrentSetting.SMALL_CACHES,
                Installed.fault(fault));
    }
}
