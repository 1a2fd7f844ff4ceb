package dev.powercut.kernel.vfs;

/**
 * Options of mount(8), taken apart.
 *
 * @param others what is left for the filesystem, comma separated
 */
record MountOptions(boolean readOnly, AccessTimes accessTimes, String others) {

    static MountOptions parse(String options, boolean readOnly) {
        if (options.isEmpty()) {
            return new MountOptions(readOnly, AccessTimes.RELATIVE, "");
        }
        boolean protectedFromWriting = readOnly;
        AccessTimes times = AccessTimes.RELATIVE;
        StringBuilder others = new StringBuilder();
        for (String option : options.split(",", -1)) {
            switch (option) {
                case "", "rw" -> {}
                case "ro" -> protectedFromWriting = true;
                case "relatime" -> times = AccessTimes.RELATIVE;
                case "strictatime" -> times = AccessTimes.STRICT;
                case "noatime" -> times = AccessTimes.NEVER;
                default -> others.append(others.isEmpty() ? "" : ",").append(option);
            }
        }
        return new MountOptions(protectedFromWriting, times, others.toString());
    }
}
