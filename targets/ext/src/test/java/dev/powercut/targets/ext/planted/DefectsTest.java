package dev.powercut.targets.ext.planted;

import dev.powercut.check.contract.PlantedDefectsContract;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.targets.ext.Ext2Target;

class DefectsTest extends PlantedDefectsContract {

    @Override
    protected FileSystemTarget target() {
        return new Ext2Target();
    }

    @Override
    protected int recoveryDepth() {
        return 0;
    }
}
