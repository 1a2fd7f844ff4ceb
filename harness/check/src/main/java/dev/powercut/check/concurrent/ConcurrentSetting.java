package dev.powercut.check.concurrent;

import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.LockRules;
import org.jspecify.annotations.Nullable;

/**
 * What programs run on.
 *
 * @param defect name of a planted defect of the target, or null
 * @param rules the rules of locking that the kernel keeps
 * @param mountOptions as for mount(8)
 * @param kernel sizes of the kernel's caches
 */
public record ConcurrentSetting(
        FileSystemTarget target,
        @Nullable String defect,
        LockRules rules,
        FormatRequest format,
        String mountOptions,
        KernelOptions kernel) {

    /** So few pages that processes evict each other's. */
    public static final KernelOptions SMALL_CACHES = new KernelOptions(6, 64, true);

    /** The correct kernel on a target without defects, all else as usual. */
    public static ConcurrentSetting of(FileSystemTarget target) {
        return new ConcurrentSetting(target, null, LockRules.ALL, target.defaultFormat(), "", SMALL_CACHES);
    }

    public ConcurrentSetting with(LockRules others) {
        return new ConcurrentSetting(target, defect, others, format, mountOptions, kernel);
    }

    public ConcurrentSetting withDefect(@Nullable String other) {
        return new ConcurrentSetting(target, other, rules, format, mountOptions, kernel);
    }
}
