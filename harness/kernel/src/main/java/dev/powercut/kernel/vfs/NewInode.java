package dev.powercut.kernel.vfs;

/**
 * What is to be created.
 *
 * @param mode type and permission bits, as st_mode
 * @param uid owner
 * @param gid group
 * @param symlinkTarget target of a symbolic link, else empty
 * @param device device number of a device node (major * 256 + minor), else 0
 */
public record NewInode(int mode, int uid, int gid, String symlinkTarget, int device) {}
