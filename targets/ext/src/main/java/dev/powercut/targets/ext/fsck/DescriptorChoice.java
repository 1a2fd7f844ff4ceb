package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.GroupTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where bitmaps and tables are, group by group: as the primary descriptors say, when they are in range and all backups agree;
 * otherwise where they fit best what is there ({@link Plausibility}), of what the primary, the backups, and the habit of mke2fs
 * say. A volume without backups is looked at more closely where its descriptors leave that habit. So there always is an
 * answer.
 */
final class DescriptorChoice {

    /** Block bitmap, inode bitmap and inode table: the first three words of a descriptor. */
    private static final int PLACE_BYTES = 12;

    private final BlockDevice device;
    private final Geometry geometry;
    private final byte[] descriptors;
    private final List<Problem> problems;

    /** Descriptors of the backup groups; empty as a rule in volumes of one group. */
    private final List<byte[]> copies = new ArrayList<>(0);

    private final List<Integer> groupsOfCopies = new ArrayList<>(0);

    /** @param descriptors an array for all descriptors in whole blocks, to be filled with those to go by */
    DescriptorChoice(BlockDevice device, Geometry geometry, byte[] descriptors, List<Problem> problems) {
        this.device = device;
        this.geometry = geometry;
        this.descriptors = descriptors;
        this.problems = problems;
    }

    /** Fills the descriptors, so that all places are in range, and notes what is wrong. */
    void choose() {
        read(0, descriptors);
        for (int group = 1; group < geometry.groupCount(); group++) {
            if (geometry.hasSuperblock(group)) {
                byte[] copy = new byte[descriptors.length];
                read(group, copy);
                copies.add(copy);
                groupsOfCopies.add(group);
            }
        }
        for (int group = 0; group < geometry.groupCount(); group++) {
            String defect = GroupTable.defect(geometry, descriptors, 0, group);
            boolean contradicted = defect != null
                    || (copies.isEmpty() ? !Plausibility.isUsual(geometry, descriptors, group) : isContradicted(group));
            if (contradicted) {
                choose(group, defect);
            }
        }
        for (int i = 0; i < copies.size(); i++) {
            if (!agreesEverywhere(copies.get(i))) {
                int group = groupsOfCopies.get(i);
                problems.add(new Problem(
                        ProblemKind.BACKUP_DESCRIPTORS_WRONG, 0, geometry.firstBlockOfGroup(group) + 1, group, 0));
            }
        }
    }

    private void read(int group, byte[] target) {
        int first = geometry.firstBlockOfGroup(group) + 1;
        device.read(geometry.sectorOf(first), geometry.descriptorBlocks() * geometry.sectorsPerBlock(), target, 0);
    }

    private boolean isContradicted(int group) {
        for (byte[] copy : copies) {
            if (!agrees(copy, group)) {
                return true;
            }
        }
        return false;
    }

    private boolean agrees(byte[] copy, int group) {
        int at = group * Format.DESCRIPTOR_BYTES;
        return Arrays.equals(descriptors, at, at + PLACE_BYTES, copy, at, at + PLACE_BYTES);
    }

    private boolean agreesEverywhere(byte[] copy) {
        for (int group = 0; group < geometry.groupCount(); group++) {
            if (!agrees(copy, group)) {
                return false;
            }
        }
        return true;
    }

    private void choose(int group, @Nullable String defect) {
        int at = group * Format.DESCRIPTOR_BYTES;
        List<byte[]> candidates = new ArrayList<>();
        candidates.add(descriptors.clone());
        candidates.addAll(copies);
        candidates.add(usual(group));
        Plausibility plausibility = new Plausibility(device);
        byte[] best = candidates.getLast();
        long most = -1;
        for (byte[] candidate : candidates) {
            if (GroupTable.defect(geometry, candidate, 0, group) != null) {
                continue;
            }
            long votes = 0;
            for (byte[] other : candidates) {
                votes += Arrays.equals(candidate, at, at + PLACE_BYTES, other, at, at + PLACE_BYTES) ? 1 : 0;
            }
            long score = plausibility.ofGroup(geometry, group, candidate, at) * 1000L + votes;
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        if (!Arrays.equals(best, at, at + PLACE_BYTES, descriptors, at, at + PLACE_BYTES)) {
            System.arraycopy(best, at, descriptors, at, PLACE_BYTES);
            problems.add(new Problem(
                    ProblemKind.DESCRIPTOR_CORRUPT,
                    0,
                    group,
                    0,
                    0,
                    0,
                    defect == null ? "its places do not fit what is there" : defect));
        }
    }

    private byte[] usual(int group) {
        byte[] table = new byte[descriptors.length];
        int at = group * Format.DESCRIPTOR_BYTES;
        int first = geometry.firstBlockOfGroup(group) + geometry.headBlocks(group);
        GroupDescriptor.setBlockBitmap(table, at, first);
        GroupDescriptor.setInodeBitmap(table, at, first + 1);
        GroupDescriptor.setInodeTable(table, at, first + 2);
        return table;
    }
}
