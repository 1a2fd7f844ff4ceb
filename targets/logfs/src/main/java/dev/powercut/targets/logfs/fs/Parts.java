package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.sim.disk.Trigger;

/** What a mounted volume is made of, and how it comes up. */
final class Parts {

    final Volume volume;
    final ExtentTree trees;
    final InodeStore inodes;
    final Directory directories;
    final Committer committer;
    final Cleaner cleaner;
    final Reclaim reclaim;

    Parts(FileSystem owner, Volume volume) {
        this.volume = volume;
        trees = new ExtentTree(volume);
        inodes = new InodeStore(owner, volume, trees);
        directories = new Directory(volume, inodes);
        committer = new Committer(volume, inodes, trees);
        cleaner = new Cleaner(volume, inodes, directories, committer);
        reclaim = new Reclaim(volume, inodes, committer, cleaner);
    }

    /** Rolls forward, in memory only. Returns it, to tell what there was. */
    RollForward rollForward() {
        RollForward rolling = new RollForward(volume, inodes, directories, trees);
        rolling.run();
        return rolling;
    }

    /** Writes what rolling forward came to. */
    void completeRecovery() {
        committer.beginRecovery();
        committer.checkpoint(new Trigger.Recovery());
    }
}
