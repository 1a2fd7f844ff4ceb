package dev.powercut.targets.ext;

/** POSIX with data=writeback,nofua, blocks of 1024 bytes. */
class Ext3WritebackContractTest extends Ext3Contract {

    Ext3WritebackContractTest() {
        super(1024, 128, "data=writeback,nofua");
    }
}
