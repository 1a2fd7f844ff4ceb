package dev.powercut.campaign.toy;

import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.Inode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A file of the toy: always in memory, written with everything else. */
final class ToyInode extends Inode {

    record Entry(long number, long cursor) {}

    final Map<String, Entry> entries = new TreeMap<>();
    byte[] data = new byte[0];
    String target = "";
    long parent;
    long nextCursor = 2;

    ToyInode(FileSystem fileSystem, long number) {
        super(fileSystem, number);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(number());
        out.writeInt(mode());
        out.writeInt(uid());
        out.writeInt(gid());
        out.writeInt(linkCount());
        out.writeInt(device());
        out.writeLong(sizeBytes());
        out.writeLong(modifiedNanos());
        out.writeLong(parent);
        out.writeUTF(target);
        out.writeInt(data.length);
        out.write(data);
        out.writeLong(nextCursor);
        out.writeInt(entries.size());
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue().number);
            out.writeLong(entry.getValue().cursor);
        }
    }

    /** The root directory of an empty filesystem, as {@link #write} writes it: inode 2, mode 0755, two links. */
    static void writeRoot(DataOutputStream out, long modifiedNanos) throws IOException {
        out.writeLong(2);
        for (int field : new int[] {0x41ED, 0, 0, 2, 0}) {
            out.writeInt(field);
        }
        for (long field : new long[] {0, modifiedNanos, 2}) {
            out.writeLong(field);
        }
        out.writeUTF("");
        out.writeInt(0);
        out.writeLong(2);
        out.writeInt(0);
    }

    static ToyInode read(FileSystem fileSystem, DataInputStream in) throws IOException {
        ToyInode inode = new ToyInode(fileSystem, in.readLong());
        inode.setMode(in.readInt());
        inode.setOwner(in.readInt(), in.readInt());
        inode.setLinkCount(in.readInt());
        inode.setDevice(in.readInt());
        inode.setSizeBytes(in.readLong());
        inode.setModifiedNanos(in.readLong());
        inode.parent = in.readLong();
        inode.target = in.readUTF();
        inode.data = in.readNBytes(in.readInt());
        inode.nextCursor = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            inode.entries.put(in.readUTF(), new Entry(in.readLong(), in.readLong()));
        }
        return inode;
    }
}
