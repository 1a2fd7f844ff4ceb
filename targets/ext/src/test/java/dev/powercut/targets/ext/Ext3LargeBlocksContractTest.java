package dev.powercut.targets.ext;

/** POSIX with data=ordered,journal_checksum, blocks of 4096 bytes. */
class Ext3LargeBlocksContractTest extends Ext3Contract {

    Ext3LargeBlocksContractTest() {
        super(4096, 128, "data=ordered,journal_checksum");
    }
}
