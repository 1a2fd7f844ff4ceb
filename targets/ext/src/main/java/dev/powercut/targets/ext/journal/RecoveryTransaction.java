package dev.powercut.targets.ext.journal;

import dev.powercut.targets.ext.format.BlockRole;

/**
 * Commits what recovery itself changes, one transaction after the other, each at the start of the log, which must be home:
 *
 * <ol>
 *   <li>flush: all that was replayed, or committed before, is home;
 *   <li>the journal's superblock: the log starts at its first block, with the sequence that is due; flush. From here on the old log is
 *       not needed, and what is left of it is of other sequences;
 *   <li>descriptors and data; flush: all is there before the commit block is;
 *   <li>the commit block; flush: from here on the transaction is there, before from here on it is not;
 *   <li>the same blocks, home.
 * </ol>
 */
final class RecoveryTransaction {

    private final JournalVolume volume;
    private byte[] descriptor = {};
    private byte[] copy = {};
    private int sequence;

    RecoveryTransaction(JournalVolume volume) {
        this.volume = volume;
    }

    /** Begins with the sequence of the first transaction. */
    void begin(int first) {
        sequence = first;
        int size = volume.journal().blockSizeBytes();
        if (descriptor.length != size) {
            descriptor = new byte[size];
            copy = new byte[size];
        }
    }

    /** The sequence that is due. */
    int sequence() {
        return sequence;
    }

    /** Most blocks of one transaction. */
    int capacity() {
        JournalGeometry journal = volume.journal();
        int room = journal.logBlocks() - 1;
        return room - journal.descriptorsFor(room);
    }

    void commit(VolumeEdits edits) {
        JournalGeometry journal = volume.journal();
        volume.flush(BlockRole.JOURNAL_SUPERBLOCK);
        volume.writeSuperblock(journal.firstLogBlock(), sequence);
        volume.flush(BlockRole.JOURNAL_SUPERBLOCK);
        JournalChecksums checksums = volume.checksums();
        checksums.beginPayload();
        int at = writeData(edits);
        volume.flush(BlockRole.JOURNAL_DESCRIPTOR);
        CommitBlock.put(journal, checksums, copy, sequence, 0, 0);
        volume.writeJournal(at, copy, BlockRole.JOURNAL_COMMIT);
        volume.flush(BlockRole.JOURNAL_COMMIT);
        writeHome(volume, edits);
        sequence = Sequence.next(sequence);
    }

    /** Writes descriptors, each with its data behind it; returns the block after them. */
    private int writeData(VolumeEdits edits) {
        JournalGeometry journal = volume.journal();
        JournalChecksums checksums = volume.checksums();
        DescriptorWriter writer = new DescriptorWriter(journal, checksums);
        int at = journal.firstLogBlock();
        for (int from = 0; from < edits.count(); from += journal.mostTags()) {
            int to = Math.min(edits.count(), from + journal.mostTags());
            writer.start(descriptor, sequence);
            for (int i = from; i < to; i++) {
                boolean escaped = fill(edits.bytes(i));
                writer.add(edits.block(i), copy, 0, escaped);
            }
            writer.finish();
            if (journal.checksum() == JournalChecksum.COMMIT) {
                checksums.addPayload(descriptor, 0);
            }
            volume.writeJournal(at, descriptor, BlockRole.JOURNAL_DESCRIPTOR);
            at = journal.next(at);
            for (int i = from; i < to; i++) {
                fill(edits.bytes(i));
                if (journal.checksum() == JournalChecksum.COMMIT) {
                    checksums.addPayload(copy, 0);
                }
                volume.writeJournal(at, copy, BlockRole.JOURNAL_DATA);
                at = journal.next(at);
            }
        }
        return at;
    }

    /** Fills {@link #copy} with a block as the log has it; says whether its magic was taken out. */
    private boolean fill(byte[] b) {
        System.arraycopy(b, 0, copy, 0, b.length);
        boolean escapes = JournalBlock.hasMagic(copy, 0);
        if (escapes) {
            JournalBlock.escape(copy, 0);
        }
        return escapes;
    }

    /** Writes blocks where they belong. */
    static void writeHome(JournalVolume volume, VolumeEdits edits) {
        for (int i = 0; i < edits.count(); i++) {
            int block = edits.block(i);
            volume.write(block, 1, edits.bytes(i), volume.groups().roleOf(block));
        }
    }
}
