package dev.powercut.targets.ext;

/** POSIX with data=journal, blocks of 1024 bytes. */
class Ext3JournalContractTest extends Ext3Contract {

    Ext3JournalContractTest() {
        super(1024, 256, "data=journal");
    }
}
