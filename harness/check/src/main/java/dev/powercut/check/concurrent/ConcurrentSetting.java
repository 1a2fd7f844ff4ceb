package dev.powercut.check.concurrent;

import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.LockRules;
import dev.powercut.sim.disk.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * What programs run on.
 *
 * @param defect name of a planted defect of the target, or null
 * @param rules the rules of locking that the kernel keeps
 * @param mountOptions as for mount(8)
 * @param kernel sizes of the kernel's caches
 * @param fault what goes wrong with the device once it is mounted, or null
 */
public record ConcurrentSetting(
        FileSystemTarget target,
        @Nullable String defect,
        LockRules rules,
        FormatRequest format,
        String mountOptions,
        KernelOptions kernel,
        @Nullable Fault fault) {

    /** So few pages that processes evict each other's. */
    public static final KernelOptions SMALL_CACHES = new KernelOptions(6, 64, true);

    /** On a device that is sound. */
    public ConcurrentSetting(
            FileSystemTarget target,
            @Nullable String defect,
            LockRules rules,
            FormatRequest format,
            String mountOptions,
            KernelOptions kernel) {
        this(target, defect, rules, format, mountOptions, kernel, null);
    }

    /** The correct kernel on a target without defects, all else as usual. */
    public static ConcurrentSetting of(FileSystemTarget target) {
        return new ConcurrentSetting(target, null, LockRules.ALL, target.defaultFormat(), "", SMALL_CACHES);
    }

    public ConcurrentSetting with(LockRules others) {
        return new ConcurrentSetting(target, defect, others, format, mountOptions, kernel, fault);
    }

    public ConcurrentSetting withDefect(@Nullable String other) {
        return new ConcurrentSetting(target, other, rules, format, mountOptions, kernel, fault);
    }

    public ConcurrentSetting with(@Nullable Fault other) {
        return new ConcurrentSetting(target, defect, rules, format, mountOptions, kernel, other);
    }

    /** Whether the target declares to withstand the fault, if there is one: else what it does then is advisory. */
    public boolean withstandsFault() {
        return fault == null
                || target.guarantees(mountOptions).withstands(fault.kind().word());
    }
}
