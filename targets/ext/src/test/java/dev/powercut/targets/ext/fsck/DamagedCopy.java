package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.Choices;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A copy of a sound image, damaged as the choices say; and whether each thing in it was touched. */
final class DamagedCopy {

    private static final int[] KINDS = {4, 3, 2, 2, 2};

    private final TreeSnapshot sound;
    private final Geometry geometry;
    DiskImage image;

    /** @param metadata blocks that hold anything but contents of files */
    DamagedCopy(TreeSnapshot sound, int[] metadata, int[] inUse, Choices choices) {
        this.sound = sound;
        this.geometry = sound.geometry;
        this.image = sound.image;
        int changes = 1 + choices.choose("changes", 8);
        if (choices.chance("many", 1, 20)) {
            changes *= 8;
        }
        int kind = choices.weighted("kind", KINDS);
        for (int i = 0; i < changes; i++) {
            int block = pick(metadata, inUse, choices);
            switch (kind) {
                case 0 -> flip(block, choices);
                case 1 -> word(block, choices);
                case 2 -> put(block, new byte[geometry.blockSizeBytes()]);
                case 3 -> {
                    int other = pick(metadata, inUse, choices);
                    byte[] bytes = block(block);
                    put(block, block(other));
                    put(other, bytes);
                }
                default -> put(block, block(pick(metadata, inUse, choices)));
            }
            if (kind >= 2 && i >= 3) {
                break;
            }
        }
    }

    private static int pick(int[] metadata, int[] inUse, Choices choices) {
        int[] from = choices.choose("where", 4) == 3 ? inUse : metadata;
        return from[choices.choose("block", from.length)];
    }

    private byte[] block(int block) {
        byte[] bytes = new byte[geometry.blockSizeBytes()];
        image.read(geometry.sectorOf(block), geometry.sectorsPerBlock(), bytes, 0);
        return bytes;
    }

    private void put(int block, byte[] bytes) {
        for (int i = 0; i < geometry.sectorsPerBlock(); i++) {
            image = image.with(geometry.sectorOf(block) + i, Sector.copyOf(bytes, i * Sector.BYTES));
        }
    }

    /** Where there is something: a bit of a byte that is not zero, or near one. */
    private int place(byte[] bytes, Choices choices) {
        int at = choices.choose("offset", bytes.length);
        for (int i = 0; i < 64 && LittleEndian.s32(bytes, at & ~3) == 0; i++) {
            at = (at + 4) % bytes.length;
        }
        return at;
    }

    private void flip(int block, Choices choices) {
        byte[] bytes = block(block);
        bytes[place(bytes, choices)] ^= (byte) (1 << choices.choose("bit", 8));
        put(block, bytes);
    }

    /** A number somewhere becomes another that may well stand there: a block, an inode, a length. */
    private void word(int block, Choices choices) {
        byte[] bytes = block(block);
        int value = switch (choices.choose("value", 4)) {
            case 0 -> choices.choose("number", geometry.blockCount());
            case 1 -> choices.choose("number", geometry.inodeCount() + 2);
            case 2 -> choices.choose("number", 300);
            default -> -1 - choices.choose("number", 300);
        };
        LittleEndian.put32(bytes, place(bytes, choices) & ~3, value);
        put(block, bytes);
    }

    // ---- What is left ----

    boolean isUntouched(TreeSnapshot.Node node) {
        if (!Arrays.equals(node.record(), sound.record(image, node.inode()))) {
            return false;
        }
        for (int block : node.blocks()) {
            if (!sound.isSame(image, block)) {
                return false;
            }
        }
        return true;
    }

    /** True when all directories above a path are as they were. */
    boolean areParentsUntouched(String path) {
        for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (!isUntouched(sound.node(path.substring(0, slash)))) {
                return false;
            }
        }
        return true;
    }

    /** True when at least one copy of superblock and descriptors is as it was. */
    boolean hasSoundSuperblock() {
        for (int group = 0; group < geometry.groupCount(); group++) {
            boolean same = geometry.hasSuperblock(group);
            for (int i = 0; same && i <= geometry.descriptorBlocks(); i++) {
                same = sound.isSame(image, geometry.firstBlockOfGroup(group) + i);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** Blocks of metadata and blocks in use of a sound image, by which damage is weighted. */
    static int[][] blocksOf(TreeSnapshot sound) {
        Geometry geometry = sound.geometry;
        List<Integer> metadata = new ArrayList<>();
        List<Integer> inUse = new ArrayList<>();
        for (int group = 0; group < geometry.groupCount(); group++) {
            int first = geometry.firstBlockOfGroup(group);
            for (int i = 0; i < Math.min(geometry.headBlocks(group), 1 + geometry.descriptorBlocks()); i++) {
                metadata.add(first + i);
            }
            metadata.add(sound.groups.blockBitmap(group));
            metadata.add(sound.groups.inodeBitmap(group));
        }
        for (TreeSnapshot.Node node : sound.nodes.values()) {
            metadata.add(sound.groups.blockOfInode(node.inode()));
            boolean small = node.blocks().length <= Format.DIRECT_POINTERS && !node.directory();
            for (int i = 0; i < node.blocks().length; i++) {
                int block = node.blocks()[i];
                inUse.add(block);
                // Of long files the blocks of pointers stand before what they list.
                if (node.directory() || !small && isMap(sound, node, block)) {
                    metadata.add(block);
                    metadata.add(block);
                }
            }
        }
        return new int[][] {
            metadata.stream().mapToInt(i -> i).toArray(),
            inUse.stream().mapToInt(i -> i).toArray()
        };
    }

    /** Holds pointers to others of the same node. */
    private static boolean isMap(TreeSnapshot sound, TreeSnapshot.Node node, int block) {
        byte[] bytes = new byte[sound.geometry.blockSizeBytes()];
        sound.image.read(sound.geometry.sectorOf(block), sound.geometry.sectorsPerBlock(), bytes, 0);
        for (int at = 0; at < bytes.length; at += 4) {
            int word = LittleEndian.s32(bytes, at);
            if (word != 0) {
                for (int own : node.blocks()) {
                    if (own == word) {
                        return true;
                    }
                }
                return false;
            }
        }
        return false;
    }
}
