package dev.powercut.targets.ext.planted;

import dev.powercut.check.contract.PlantedDefectsContract;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.targets.ext.Ext3Target;

class LogDefectsTest extends PlantedDefectsContract {

    @Override
    protected FileSystemTarget target() {
        return new Ext3Target();
    }

    @Override
    protected int operations() {
        return 200;
    }

    @Override
    protected int states() {
        return 600;
    }

    @Override
    protected int statesInOrder() {
        return 200;
    }
}
