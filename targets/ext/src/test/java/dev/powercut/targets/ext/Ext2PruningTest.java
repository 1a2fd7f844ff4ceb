package dev.powercut.targets.ext;

import dev.powercut.check.contract.PruningContract;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;

class Ext2PruningTest extends PruningContract {

    @Override
    protected FileSystemTarget target() {
        return new Ext2Target();
    }

    @Override
    protected FormatRequest format() {
        return new FormatRequest(4 << 20, 1024, "");
    }
}
