package dev.powercut.targets.ext;

import dev.powercut.check.contract.FileSystemModelContract;
import dev.powercut.check.target.FileSystemTarget;

/** ext3 does what the model does, in memory and after a remount. */
class Ext3ModelTest extends FileSystemModelContract {

    @Override
    protected FileSystemTarget target() {
        return new Ext3Target();
    }
}
