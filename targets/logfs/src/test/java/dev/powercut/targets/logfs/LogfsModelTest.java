package dev.powercut.targets.logfs;

import dev.powercut.check.contract.FileSystemModelContract;
import dev.powercut.check.target.FileSystemTarget;

/** logfs does what the model does, in memory and after a remount. */
class LogfsModelTest extends FileSystemModelContract {

    @Override
    protected FileSystemTarget target() {
        return new LogfsTarget();
    }
}
