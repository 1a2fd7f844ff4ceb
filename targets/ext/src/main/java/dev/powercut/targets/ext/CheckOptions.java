package dev.powercut.targets.ext;

import dev.powercut.check.target.ImageTool.CheckRequest;
import dev.powercut.targets.ext.fsck.FsckOptions;
import java.util.Map;

/** What a {@link CheckRequest} may ask of fsck. */
final class CheckOptions {

    private CheckOptions() {}

    /** @throws IllegalArgumentException when it asks for something that there is not; the message says what there is */
    static FsckOptions parse(CheckRequest request) {
        int superblock = 0;
        int blockSize = 0;
        boolean copyShared = true;
        for (Map.Entry<String, String> option : request.options().entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "superblock" -> superblock = number("superblock", value);
                case "block-size" -> blockSize = blockSize(value);
                case "shared" -> copyShared = isClone(value);
                default ->
                    throw new IllegalArgumentException("fsck of ext2 has no option '" + option.getKey()
                            + "'; there are superblock, block-size, shared");
            }
        }
        return new FsckOptions(request.mode(), true, request.nowSeconds(), superblock, blockSize, copyShared, true);
    }

    private static int number(String name, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a whole number, not '" + value + "'", e);
        }
        throw new IllegalArgumentException(name + " takes a number above 0, not " + value);
    }

    private static int blockSize(String value) {
        return switch (value) {
            case "1024", "2048", "4096" -> Integer.parseInt(value);
            default -> throw new IllegalArgumentException("block-size takes 1024, 2048 or 4096, not '" + value + "'");
        };
    }

    private static boolean isClone(String value) {
        return switch (value) {
            case "clone" -> true;
            case "clear" -> false;
            default -> throw new IllegalArgumentException("shared takes clone or clear, not '" + value + "'");
        };
    }
}
