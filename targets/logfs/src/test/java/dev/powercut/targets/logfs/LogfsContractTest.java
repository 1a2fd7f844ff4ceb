package dev.powercut.targets.logfs;

import dev.powercut.targets.logfs.mkfs.MkfsOptions;

/** POSIX as mkfs makes volumes when nothing is asked for. */
class LogfsContractTest extends LogfsContract {

    LogfsContractTest() {
        super(MkfsOptions.defaults());
    }
}
