package dev.powercut.targets.ext;

/** POSIX on small blocks, with times in nanoseconds. */
class Ext2ContractTest extends Ext2Contract {

    Ext2ContractTest() {
        super(1024, 256);
    }
}
