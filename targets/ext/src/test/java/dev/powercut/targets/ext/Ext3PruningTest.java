package dev.powercut.targets.ext;

import dev.powercut.check.contract.PruningContract;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;

class Ext3PruningTest extends PruningContract {

    @Override
    protected FileSystemTarget target() {
        return new Ext3Target();
    }

    @Override
    protected FormatRequest format() {
        return new FormatRequest(8 << 20, 1024, "");
    }
}
