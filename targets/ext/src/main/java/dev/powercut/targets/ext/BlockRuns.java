package dev.powercut.targets.ext;

import java.util.ArrayList;
import java.util.List;

/** The blocks of one file as runs: file blocks, then the blocks of the volume that hold them. */
final class BlockRuns {

    private final List<String> runs = new ArrayList<>();
    private final List<String> pointers = new ArrayList<>();
    private long firstFileBlock;
    private int firstBlock;
    private int length;

    BlockRuns(ImageView view, byte[] record) {
        view.pointers(
                record,
                (level, fileBlock, block) ->
                        pointers.add("level " + level + " from block " + fileBlock + " on: " + block));
        view.leaves(record, this::add);
        end();
    }

    private void add(long fileBlock, int block) {
        if (length > 0 && fileBlock == firstFileBlock + length && block == firstBlock + length) {
            length++;
            return;
        }
        end();
        firstFileBlock = fileBlock;
        firstBlock = block;
        length = 1;
    }

    private void end() {
        if (length == 1) {
            runs.add(firstFileBlock + ": " + firstBlock);
        } else if (length > 1) {
            runs.add(firstFileBlock + "-" + (firstFileBlock + length - 1) + ": " + firstBlock + "-"
                    + (firstBlock + length - 1));
        }
        length = 0;
    }

    /** A line for each run, {@code block 0-11: 500-511}, and for each block of pointers. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        runs.forEach(run -> lines.add("block " + run));
        pointers.forEach(pointer -> lines.add("pointers of " + pointer));
        return lines.isEmpty() ? List.of("no blocks") : lines;
    }
}
