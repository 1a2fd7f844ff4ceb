package dev.powercut.targets.logfs;

import dev.powercut.targets.logfs.mkfs.MkfsOptions;

/** POSIX with several blocks to a page, and segments that hold little. */
class LogfsSmallBlocksContractTest extends LogfsContract {

    LogfsSmallBlocksContractTest() {
        super(MkfsOptions.defaults().withBlocks(1024, 32 << 10));
    }
}
