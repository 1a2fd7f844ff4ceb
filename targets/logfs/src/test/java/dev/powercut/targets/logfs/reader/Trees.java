package dev.powercut.targets.logfs.reader;

import dev.powercut.check.tree.FileContents;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.fs.LogfsType;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Compares what two readers read: all but the count of blocks, and the size of directories, which are no matter of the format. */
public final class Trees {

    private static final int PIECE = 1 << 16;

    private Trees() {}

    /** What the filesystem reads of an image. */
    public static Node.Directory mounted(DiskImage image, boolean readOnly) {
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, image);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new LogfsType(), disk, readOnly, "noatime");
        Node.Directory read = new TreeReader(TreeReader.Limits.DEFAULT).read(kernel.process(0, 0), "/");
        kernel.unmount("/");
        return read;
    }

    /** The first difference between two trees, in words; null when there is none. */
    public static @Nullable String difference(Node a, Node b) {
        return difference("", a, b);
    }

    private static @Nullable String difference(String path, Node a, Node b) {
        Node.Attributes x = plain(a);
        Node.Attributes y = plain(b);
        if (!x.equals(y)) {
            return (path.isEmpty() ? "/" : path) + ": " + x + " and " + y;
        }
        if (a instanceof Node.Directory one && b instanceof Node.Directory other) {
            return entries(path, one, other);
        }
        return contents(path, a, b);
    }

    private static @Nullable String contents(String path, Node a, Node b) {
        if (a instanceof Node.RegularFile one && b instanceof Node.RegularFile other) {
            return contents(path, one.contents(), other.contents());
        } else if (a instanceof Node.Symlink one && b instanceof Node.Symlink other) {
            return one.linkTarget().equals(other.linkTarget()) ? null : path + ": targets differ";
        } else if (a instanceof Node.Special one && b instanceof Node.Special other) {
            return one.device() == other.device() ? null : path + ": devices differ";
        }
        return path + ": kinds differ";
    }

    /** The first difference between two nodes, their names, links and parents aside; null when there is none. */
    public static @Nullable String differenceOfOne(Node a, Node b) {
        Node.Attributes x = withoutLinks(a);
        Node.Attributes y = withoutLinks(b);
        if (!x.equals(y)) {
            return x + " and " + y;
        }
        return a instanceof Node.Directory && b instanceof Node.Directory ? null : contents("", a, b);
    }

    private static Node.Attributes withoutLinks(Node node) {
        Node.Attributes a = plain(node);
        return new Node.Attributes(a.inodeNumber(), a.mode(), 0, a.uid(), a.gid(), a.sizeBytes(), 0, a.modifiedNanos());
    }

    private static Node.Attributes plain(Node node) {
        Node.Attributes a = node.attributes();
        long size = node instanceof Node.Directory ? 0 : a.sizeBytes();
        return new Node.Attributes(
                a.inodeNumber(), a.mode(), a.linkCount(), a.uid(), a.gid(), size, 0, a.modifiedNanos());
    }

    private static @Nullable String entries(String path, Node.Directory a, Node.Directory b) {
        Iterator<Node.Entry> others = b.entries().iterator();
        for (Node.Entry entry : a.entries()) {
            Node.Entry other = others.hasNext() ? others.next() : null;
            if (other == null || !entry.name().equals(other.name())) {
                return path + "/" + entry.name() + (other == null ? " is missing" : " and " + other.name());
            }
            String found = difference(path + "/" + entry.name(), entry.node(), other.node());
            if (found != null) {
                return found;
            }
        }
        return others.hasNext() ? path + "/" + others.next().name() + " is more" : null;
    }

    private static @Nullable String contents(String path, FileContents a, FileContents b) {
        byte[] one = new byte[PIECE];
        for (FileContents contents : new FileContents[] {a, b}) {
            FileContents other = contents == a ? b : a;
            for (int i = 0; i < contents.extentCount(); i++) {
                FileContents.Extent extent = contents.extent(i);
                for (long at = extent.offsetBytes(); at < extent.endBytes(); at += PIECE) {
                    int length = (int) Math.min(PIECE, extent.endBytes() - at);
                    contents.copyTo(at, one, 0, length);
                    if (!other.matches(at, one, length)) {
                        return path + ": contents differ from byte " + at + " on";
                    }
                }
            }
        }
        return null;
    }
}
