package dev.powercut.targets.ext;

/** POSIX on blocks as large as pages, with times in seconds. */
class Ext2LargeBlocksContractTest extends Ext2Contract {

    Ext2LargeBlocksContractTest() {
        super(4096, 128);
    }
}
