package dev.powercut.kernel.device;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.SpecialFile;
import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.sim.Choices;
import java.util.Arrays;

/** The devices that every machine has. */
public final class Drivers {

    private static final int MEMORY = 256;

    public static final int NULL = MEMORY + 3;
    public static final int ZERO = MEMORY + 5;
    public static final int FULL = MEMORY + 7;
    public static final int RANDOM = MEMORY + 8;
    public static final int URANDOM = MEMORY + 9;
    public static final int CONSOLE = 5 * 256 + 1;

    private Drivers() {}

    /** Installs all of them; returns the console. */
    public static Console install(Vfs vfs, Choices random) {
        vfs.devices().install(NULL, new Null());
        vfs.devices().install(ZERO, new Zero(true));
        vfs.devices().install(FULL, new Zero(false));
        Random bytes = new Random(vfs, random);
        vfs.devices().install(RANDOM, bytes);
        vfs.devices().install(URANDOM, bytes);
        Console console = new Console(vfs);
        vfs.devices().install(CONSOLE, console);
        return console;
    }

    /** Takes all, gives nothing. */
    private static final class Null implements SpecialFile {

        @Override
        public int read(OpenFile file, byte[] buffer, int offset, int count) {
            return 0;
        }

        @Override
        public int write(OpenFile file, byte[] buffer, int offset, int count) {
            return count;
        }

        @Override
        public boolean hasOffset() {
            return true;
        }
    }

    /** Gives zeroes; takes all, or is full. */
    private static final class Zero implements SpecialFile {

        private final boolean takes;

        Zero(boolean takes) {
            this.takes = takes;
        }

        @Override
        public int read(OpenFile file, byte[] buffer, int offset, int count) {
            Arrays.fill(buffer, offset, offset + count, (byte) 0);
            return count;
        }

        @Override
        public int write(OpenFile file, byte[] buffer, int offset, int count) {
            if (!takes) {
                throw Errno.ENOSPC.exception();
            }
            return count;
        }

        @Override
        public boolean hasOffset() {
            return true;
        }

        @Override
        public boolean isZeroes() {
            return takes;
        }
    }

    /** Gives bytes that the choices pick; dull ones are zero. */
    private static final class Random implements SpecialFile {

        private final Vfs vfs;
        private final Choices choices;

        Random(Vfs vfs, Choices choices) {
            this.vfs = vfs;
            this.choices = choices;
        }

        @Override
        public int read(OpenFile file, byte[] buffer, int offset, int count) {
            int done = vfs.transfers().part("random.read", count);
            for (int i = 0; i < done; i++) {
                buffer[offset + i] = (byte) choices.choose("random.byte", 256);
            }
            return done;
        }

        @Override
        public int write(OpenFile file, byte[] buffer, int offset, int count) {
            return count;
        }

        @Override
        public boolean hasOffset() {
            return true;
        }
    }
}
