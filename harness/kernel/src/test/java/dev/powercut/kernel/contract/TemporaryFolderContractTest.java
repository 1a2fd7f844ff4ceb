package dev.powercut.kernel.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The cases on the filesystem of this machine's temporary folder, or of the folder that powercut.contract.folder names. */
class TemporaryFolderContractTest extends RealFileSystemContract {

    @Override
    protected Path newFolder() throws IOException {
        String place = System.getProperty("powercut.contract.folder", System.getProperty("java.io.tmpdir"));
        return Files.createTempDirectory(Path.of(place), "powercut-contract");
    }

    @Override
    protected Map<String, String> differences() {
        return Differences.ofOtherFileSystems();
    }
}
