package dev.powercut.targets.logfs.planted;

import dev.powercut.check.contract.PlantedDefectsContract;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.targets.logfs.LogfsTarget;

class DefectsTest extends PlantedDefectsContract {

    @Override
    protected FileSystemTarget target() {
        return new LogfsTarget();
    }
}
