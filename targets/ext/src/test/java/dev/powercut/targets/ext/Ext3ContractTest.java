package dev.powercut.targets.ext;

/** POSIX on small blocks, with times in nanoseconds. */
class Ext3ContractTest extends Ext3Contract {

    Ext3ContractTest() {
        super(1024, 256, "");
    }
}
