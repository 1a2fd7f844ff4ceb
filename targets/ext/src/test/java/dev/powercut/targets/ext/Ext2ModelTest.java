package dev.powercut.targets.ext;

import dev.powercut.check.contract.FileSystemModelContract;
import dev.powercut.check.target.FileSystemTarget;

/** ext2 does what the model does, in memory and after a remount. */
class Ext2ModelTest extends FileSystemModelContract {

    @Override
    protected FileSystemTarget target() {
        return new Ext2Target();
    }
}
