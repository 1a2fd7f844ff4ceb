package dev.powercut.targets.ext.format;

import dev.powercut.sim.bytes.LittleEndian;

/**
 * The hash of a name by which an indexed directory is ordered: one of three functions, over the bytes of the name taken as signed
 * or as unsigned numbers. The lowest bit of a hash is always 0. Source: kernel documentation, ext4/directory (hash tree
 * directories); the functions are a shift register of old, half of MD4 (RFC 1320), and the Tiny Encryption Algorithm (Wheeler and
 * Needham, 1994). An object keeps scratch memory.
 */
public final class DirectoryHash {

    public static final int LEGACY = 0;
    public static final int HALF_MD4 = 1;
    public static final int TEA = 2;

    private static final int ROUND_2 = 0x5A82_7999;
    private static final int ROUND_3 = 0x6ED9_EBA1;
    private static final int TEA_DELTA = 0x9E37_79B9;
    private static final int TEA_ROUNDS = 16;

    /** Which word each step of the rounds of half MD4 takes, and how far it rotates. */
    private static final int[][] WORDS = {
        {0, 1, 2, 3, 4, 5, 6, 7}, {1, 3, 5, 7, 0, 2, 4, 6}, {3, 7, 2, 6, 1, 5, 0, 4},
    };

    private static final int[][] ROTATIONS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};

    private final int version;
    private final boolean unsigned;
    private final int[] seed = {0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476};
    private final int[] state = new int[4];
    private final int[] words = new int[8];

    /**
     * @param version one of the three functions
     * @param superblock 1,024 bytes with the seed, and with the flag for unsigned names
     */
    public DirectoryHash(int version, byte[] superblock, int at) {
        this.version = version;
        this.unsigned = (Superblock.flags(superblock, at) & Format.FLAG_UNSIGNED_HASH) != 0;
        if (!LittleEndian.isZero(superblock, at + Format.S_HASH_SEED, Format.HASH_SEED_BYTES)) {
            for (int i = 0; i < seed.length; i++) {
                seed[i] = LittleEndian.s32(superblock, at + Format.S_HASH_SEED + 4 * i);
            }
        }
    }

    /** The hash of the name of {@code length} bytes in {@code b} from {@code from} on. */
    public int of(byte[] b, int from, int length) {
        System.arraycopy(seed, 0, state, 0, state.length);
        switch (version) {
            case HALF_MD4 -> {
                for (int at = 0; at < length; at += 32) {
                    fill(b, from + at, length - at, 8);
                    halfMd4();
                }
                return state[1] & ~1;
            }
            case TEA -> {
                for (int at = 0; at < length; at += 16) {
                    fill(b, from + at, length - at, 4);
                    tea();
                }
                return state[0] & ~1;
            }
            default -> {
                return legacy(b, from, length) & ~1;
            }
        }
    }

    private int character(byte b) {
        return unsigned ? b & 0xFF : b;
    }

    private int legacy(byte[] b, int from, int length) {
        int last = 0x12A3_FE2D;
        int before = 0x37AB_E8F9;
        for (int i = from; i < from + length; i++) {
            int hash = before + (last ^ character(b[i]) * 7_152_373);
            if (hash < 0) {
                hash -= 0x7FFF_FFFF;
            }
            before = last;
            last = hash;
        }
        return last << 1;
    }

    /** Puts the name into words, the first byte uppermost; what is missing is the length, over and over. */
    private void fill(byte[] b, int from, int length, int count) {
        int pad = length & 0xFF | (length & 0xFF) << 8;
        pad |= pad << 16;
        for (int word = 0; word < count; word++) {
            int value = pad;
            for (int i = 4 * word; i < Math.min(4 * word + 4, length); i++) {
                value = character(b[from + i]) + (value << 8);
            }
            words[word] = value;
        }
    }

    private void halfMd4() {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int round = 0; round < 3; round++) {
            for (int step = 0; step < 8; step++) {
                int mixed = switch (round) {
                    case 0 -> d ^ b & (c ^ d);
                    case 1 -> (b & c) + ((b ^ c) & d) + ROUND_2;
                    default -> (b ^ c ^ d) + ROUND_3;
                };
                int next = Integer.rotateLeft(a + mixed + words[WORDS[round][step]], ROTATIONS[round][step & 3]);
                a = d;
                d = c;
                c = b;
                b = next;
            }
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }

    private void tea() {
        int y = state[0];
        int z = state[1];
        int sum = 0;
        for (int i = 0; i < TEA_ROUNDS; i++) {
            sum += TEA_DELTA;
            y += (z << 4) + words[0] ^ z + sum ^ (z >>> 5) + words[1];
            z += (y << 4) + words[2] ^ y + sum ^ (y >>> 5) + words[3];
        }
        state[0] += y;
        state[1] += z;
    }
}
