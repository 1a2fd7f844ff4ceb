package dev.powercut.targets.logfs.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** A sound image without a log behind its checkpoint, damaged as the choices say; and what of it was touched. */
final class DamagedCopy {

    /** What is in use on a sound image: which blocks each inode needs, and by which damage is weighted. */
    static final class Sound {
        final DiskImage image;
        final Volume volume;
        final Map<Integer, int[]> blocksOf = new TreeMap<>();
        final Map<Integer, Inode> inodes = new TreeMap<>();
        final int[] metadata;
        final int[] inUse;
        final int newestRegion;
        final int[] newestLog;

        Sound(DiskImage image) {
            this.image = image;
            try {
                volume = Volume.open(ImageBuilder.disk(image));
            } catch (ImageFormatException e) {
                throw new AssertionError(e);
            }
            var checkpoint = Objects.requireNonNull(new Checkpoints(volume).newest());
            InodeTable table = new InodeTable(volume);
            TreeSet<Integer> meta = new TreeSet<>();
            TreeSet<Integer> used = new TreeSet<>();
            for (int i = 0; i < checkpoint.mapBlocks().length; i++) {
                if (checkpoint.mapBlocks()[i] != 0) {
                    table.load(i, volume.block(checkpoint.mapBlocks()[i]));
                    meta.add(checkpoint.mapBlocks()[i]);
                }
            }
            for (int pointer : checkpoint.usageBlocks()) {
                if (pointer != 0) {
                    meta.add(pointer);
                }
            }
            meta.add(0);
            meta.add(volume.geometry.backupBlock());
            meta.add(volume.geometry.checkpointA());
            meta.add(volume.geometry.checkpointB());
            for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
                Inode inode = Objects.requireNonNull(table.get(number));
                inodes.put(number, inode);
                Claims claims = new Claims();
                claims.add(inode);
                claims.sort();
                List<Integer> own = new ArrayList<>();
                for (int rank = 0; rank < claims.count(); rank++) {
                    for (int block = claims.start(rank); block < claims.end(rank); block++) {
                        own.add(block);
                        used.add(block);
                        if (claims.kind(rank) != Format.KIND_DATA) {
                            meta.add(block);
                        }
                    }
                }
                blocksOf.put(number, own.stream().mapToInt(i -> i).toArray());
            }
            newestRegion = volume.geometry.checkpointBlock(checkpoint.sequence());
            List<Integer> log = new ArrayList<>();
            for (int segment = 0; segment < volume.geometry.segmentCount(); segment++) {
                for (PartialWrite write : SegmentReading.of(volume, segment)) {
                    meta.add(write.address());
                    for (int block = write.address();
                            write.checkpoint() == checkpoint.sequence() - 1 && block < write.end();
                            block++) {
                        log.add(block);
                    }
                }
            }
            newestLog = log.stream().mapToInt(i -> i).toArray();
            used.addAll(meta);
            metadata = meta.stream().mapToInt(i -> i).toArray();
            inUse = used.stream().mapToInt(i -> i).toArray();
        }

        /** Block of the summary that covers another block. */
        int summaryOf(int block) {
            for (PartialWrite write : SegmentReading.of(volume, volume.geometry.segmentOf(block))) {
                if (block > write.address() && block < write.end()) {
                    return write.address();
                }
            }
            throw new AssertionError("block " + block);
        }
    }

    private static final int[] KINDS = {4, 3, 2, 2, 2};

    private final Sound sound;
    private final int size;
    DiskImage image;

    DamagedCopy(Sound sound, Choices choices) {
        this.sound = sound;
        this.size = sound.volume.blockSize();
        this.image = sound.image;
        int changes = 1 + choices.choose("changes", 8);
        if (choices.chance("many", 1, 20)) {
            changes *= 8;
        }
        int kind = choices.weighted("kind", KINDS);
        for (int i = 0; i < changes; i++) {
            int block = pick(choices);
            switch (kind) {
                case 0 -> flip(block, choices);
                case 1 -> word(block, choices);
                case 2 -> put(block, new byte[size]);
                case 3 -> {
                    int other = pick(choices);
                    byte[] bytes = block(block);
                    put(block, block(other));
                    put(other, bytes);
                }
                default -> put(block, block(pick(choices)));
            }
            if (kind >= 2 && i >= 3) {
                break;
            }
        }
    }

    private int pick(Choices choices) {
        int[] from = choices.choose("where", 4) == 3 ? sound.inUse : sound.metadata;
        return from[choices.choose("block", from.length)];
    }

    private byte[] block(int block) {
        byte[] bytes = new byte[size];
        image.read((long) block * (size / Sector.BYTES), size / Sector.BYTES, bytes, 0);
        return bytes;
    }

    private void put(int block, byte[] bytes) {
        for (int i = 0; i < size / Sector.BYTES; i++) {
            image = image.with((long) block * (size / Sector.BYTES) + i, Sector.copyOf(bytes, i * Sector.BYTES));
        }
    }

    /** Where there is something: a byte that is not zero, or near one. */
    private static int place(byte[] bytes, Choices choices) {
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
            case 0 -> choices.choose("number", sound.volume.geometry.blockCount());
            case 1 -> choices.choose("number", sound.inodes.size() + 2);
            case 2 -> choices.choose("number", 300);
            default -> -1 - choices.choose("number", 300);
        };
        LittleEndian.put32(bytes, place(bytes, choices) & ~3, value);
        put(block, bytes);
    }

    // ---- What is left ----

    private boolean isSame(int block) {
        int sectors = size / Sector.BYTES;
        for (long sector = (long) block * sectors; sector < (long) (block + 1) * sectors; sector++) {
            if (!image.sector(sector).equals(sound.image.sector(sector))) {
                return false;
            }
        }
        return true;
    }

    boolean hasSoundSuperblock() {
        return image.sector(0).equals(sound.image.sector(0)) || isSame(sound.volume.geometry.backupBlock());
    }

    /** True when the newest checkpoint is as it was, or at least the log that leads to it from the one before. */
    boolean hasNewestState() {
        boolean same = true;
        for (int block : sound.newestLog) {
            same &= isSame(block);
        }
        return same || isSame(sound.newestRegion);
    }

    /** True when all that an inode is made of is as it was, and the summary by which its record can be found. */
    boolean isUntouched(int inode) {
        for (int block : Objects.requireNonNull(sound.blocksOf.get(inode))) {
            if (!isSame(block)) {
                return false;
            }
        }
        return isSame(sound.summaryOf(Objects.requireNonNull(sound.inodes.get(inode)).block));
    }
}
