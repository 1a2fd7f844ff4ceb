package dev.powercut.targets.logfs;

import dev.powercut.check.contract.PruningContract;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;

class LogfsPruningTest extends PruningContract {

    @Override
    protected FileSystemTarget target() {
        return new LogfsTarget();
    }

    @Override
    protected FormatRequest format() {
        return new LogfsTarget().defaultFormat();
    }
}
