package dev.powercut.check.concurrent;

import dev.powercut.check.model.Contents;
import dev.powercut.check.model.Entries;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.sim.Mixing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what two models hold, times apart. */
final class Models {

    private Models() {}

    /** Equal for models in which the same ids stand for the same. */
    static long digest(Model model) {
        long hash = model.idLimit();
        for (int id = 0; id < model.idLimit(); id++) {
            ModelFile file = model.find(id);
            hash = Mixing.mix(hash + (file == null ? 0 : digest(file)));
        }
        for (int slot = 0; slot < Model.SLOTS; slot++) {
            hash = hash * 31 + model.slot(slot);
        }
        return Mixing.mix(hash);
    }

    private static long digest(ModelFile file) {
        long hash = file.mode() * 31L + file.linkCount();
        hash = Mixing.mix(hash ^ file.sizeBytes()) + file.uid() * 31L + file.gid();
        Entries entries = file.entries();
        for (int i = 0; i < entries.count(); i++) {
            hash = Mixing.mix(hash ^ Mixing.hash(entries.name(i))) + entries.file(i);
        }
        long chunk = file.contents().nextChunk(0);
        while (chunk >= 0) {
            hash = Mixing.mix(hash + chunk) ^ Arrays.hashCode(file.contents().chunk(chunk));
            chunk = file.contents().nextChunk(chunk + 1);
        }
        return hash;
    }

    /** Where two models differ in what can be reached from the root, in words; null when they do not. */
    static @Nullable String difference(Model expected, Model found) {
        return difference(expected, Model.ROOT, found, Model.ROOT, "/", new TreeMap<>());
    }

    private static @Nullable String difference(
            Model expected, int left, Model found, int right, String path, Map<Integer, Integer> same) {
        ModelFile one = expected.find(left);
        ModelFile other = found.find(right);
        if (one == null || other == null) {
            return path + " leads to nothing";
        }
        Integer known = same.put(left, right);
        if (known != null) {
            return known == right ? null : path + " is another file than another of its names";
        }
        String own = difference(one, other);
        if (own != null) {
            return path + ": " + own;
        }
        Entries entries = one.entries();
        for (int i = 0; i < entries.count(); i++) {
            String name = entries.name(i);
            String below = difference(
                    expected,
                    entries.file(i),
                    found,
                    other.entries().find(name),
                    path.equals("/") ? "/" + name : path + "/" + name,
                    same);
            if (below != null) {
                return below;
            }
        }
        return null;
    }

    private static @Nullable String difference(ModelFile one, ModelFile other) {
        if (one.mode() != other.mode() || one.uid() != other.uid() || one.gid() != other.gid()) {
            return "mode or owner " + attributes(one) + ", found " + attributes(other);
        }
        if (!names(one).equals(names(other))) {
            return "entries " + names(one) + ", found " + names(other);
        }
        if (one.isDirectory()) {
            return null;
        }
        if (one.linkCount() != other.linkCount()) {
            return one.linkCount() + " links, found " + other.linkCount();
        }
        if (one.sizeBytes() != other.sizeBytes()) {
            return "size " + one.sizeBytes() + ", found " + other.sizeBytes();
        }
        return one.symlinkTarget().equals(other.symlinkTarget())
                ? contents(one.contents(), other.contents())
                : "another target";
    }

    private static String attributes(ModelFile file) {
        return Integer.toOctalString(file.mode()) + " " + file.uid() + ":" + file.gid();
    }

    private static List<String> names(ModelFile file) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < file.entries().count(); i++) {
            names.add(file.entries().name(i));
        }
        return names;
    }

    private static @Nullable String contents(Contents one, Contents other) {
        long chunk = Math.max(one.nextChunk(0), other.nextChunk(0)) < 0 ? -1 : 0;
        while (chunk >= 0) {
            long left = one.nextChunk(chunk);
            long right = other.nextChunk(chunk);
            chunk = left < 0 ? right : right < 0 ? left : Math.min(left, right);
            if (chunk >= 0) {
                if (!Arrays.equals(one.chunk(chunk), other.chunk(chunk))) {
                    return "other data from offset " + chunk * Contents.CHUNK_BYTES + " on";
                }
                chunk++;
            }
        }
        return null;
    }
}
