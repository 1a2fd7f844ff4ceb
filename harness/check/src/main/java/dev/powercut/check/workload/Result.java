package dev.powercut.check.workload;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.Mixing;
import java.util.List;

/** What an operation came back with. */
public sealed interface Result {

    /** In one word or line, for people and hashes. */
    String text();

    /** It worked and says no more. */
    record Done() implements Result {
        @Override
        public String text() {
            return "ok";
        }
    }

    record Failed(Errno errno) implements Result {
        @Override
        public String text() {
            return errno.name();
        }
    }

    /** Bytes written; fewer than asked for when space ran out. */
    record Written(int count) implements Result {
        @Override
        public String text() {
            return count + " bytes";
        }
    }

    /** What was read: how many bytes, and a hash of them. */
    record Data(int count, long hash) implements Result {

        /** Of the first {@code count} bytes. */
        public static Data of(byte[] bytes, int count) {
            long hash = count;
            for (int i = 0; i < count; i++) {
                hash = (hash ^ bytes[i]) * 0x100000001B3L;
                hash ^= hash >>> 29;
            }
            return new Data(count, Mixing.mix(hash));
        }

        @Override
        public String text() {
            return count + " bytes " + Long.toHexString(hash);
        }
    }

    /** What stat tells and a model can know; size and link count of directories, the filesystem's affair, are 0. */
    record Facts(int mode, int uid, int gid, int linkCount, long sizeBytes, long modifiedNanos) implements Result {

        public Facts withModifiedNanos(long nanos) {
            return new Facts(mode, uid, gid, linkCount, sizeBytes, nanos);
        }

        @Override
        public String text() {
            return "mode " + Integer.toOctalString(mode) + " owner " + uid + ":" + gid + " links " + linkCount
                    + " size " + sizeBytes + " modified " + modifiedNanos;
        }
    }

    /** Target of a symbolic link. */
    record Target(String target) implements Result {
        @Override
        public String text() {
            return OperationText.quote(target);
        }
    }

    /** Names in a directory, sorted, without {@code .} and {@code ..}. */
    record Names(List<String> names) implements Result {
        public Names {
            names = List.copyOf(names);
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder(names.size() + " names");
            names.forEach(name -> text.append(' ').append(OperationText.quote(name)));
            return text.toString();
        }
    }
}
