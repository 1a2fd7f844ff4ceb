package dev.powercut.targets.ext.fs;

/**
 * Device numbers in an inode. A number that has eight bits of major and of minor is kept as of old in the first word; another
 * one in the second, with twelve bits of major and twenty of minor (Linux, linux/kdev_t.h: old_encode_dev, new_encode_dev).
 * What system calls use (minor bits 0-7, major from bit 8 on, further minor bits from bit 20 on) is the new encoding.
 */
final class DeviceNumbers {

    private DeviceNumbers() {}

    static int decode(int firstWord, int secondWord) {
        return firstWord != 0 ? firstWord & 0xFFFF : secondWord;
    }

    static void encode(int device, int[] words) {
        boolean old = device >>> 16 == 0 && device != 0;
        words[0] = old ? device : 0;
        words[1] = old ? 0 : device;
    }
}
