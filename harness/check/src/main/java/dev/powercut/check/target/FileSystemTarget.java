package dev.powercut.check.target;

import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem under test. All objects given out are for one thread at a time; the target itself has no mutable state and may
 * be asked by several threads at once.
 */
public interface FileSystemTarget extends Target {

    /** Formats of this target that a run may be given, as {@code key=value} lists, for example {@code block-size=1024}. */
    FormatRequest defaultFormat();

    /**
     * A freshly formatted image.
     *
     * @throws IllegalArgumentException when the request cannot be met; the message says why and what would do
     */
    DiskImage format(FormatRequest request);

    /**
     * The filesystem's kernel part.
     *
     * @param defect name of a planted defect, or {@link Barrier#WITHOUT} with the name of a barrier, or null for the correct
     *     filesystem
     */
    FileSystemType fileSystem(@Nullable String defect);

    /** The places at which it orders writes or flushes, each of which can be switched off alone. */
    default List<Barrier> barriers() {
        return List.of();
    }

    /** A checker, which the caller uses again and again: it keeps its scratch memory. */
    Checker newChecker();

    /**
     * A checker as {@link #newChecker()}, of a filesystem whose recovery may have a defect.
     *
     * @param defect as for {@link #fileSystem}
     */
    default Checker newChecker(@Nullable String defect) {
        return newChecker();
    }

    /**
     * What this filesystem promises when it is mounted with some options.
     *
     * @param mountOptions as for mount(8); options that it does not have promise as none do
     */
    Guarantees guarantees(String mountOptions);

    /** What it does not declare to withstand though one might think so, and why: for people, a part of a sentence; empty for nothing. */
    default String weakness() {
        return "";
    }

    /** Mount options that make it another filesystem where what it costs is compared, such as modes of its journal. */
    default List<String> comparedMounts() {
        return List.of("");
    }

    /** What it can measure of itself. */
    default List<Measurement> measurements() {
        return List.of();
    }

    /** The name of the external tool that can judge an image with {@code -fn}, for example {@code e2fsck}, or null. */
    @Nullable
    String externalJudge();

    /** What a sector is in an image: for reports. */
    BlockKind kindOf(DiskImage image, long sector);

    /** The contents of a sector in words, one line a fact (fields of an inode, entries of a directory …): for reports. */
    List<String> decode(DiskImage image, long sector);
}
