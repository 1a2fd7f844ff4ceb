/**
 * Disk images in files: as a device that works in place ({@link dev.powercut.bridge.image.ImageFile}), and copied to and from
 * memory ({@link dev.powercut.bridge.image.ImageStore}). Layer bridge.
 *
 * <p>Invariants. An image is a whole number of 512-byte sectors: of a file with bytes beyond them, an {@code ImageFile} leaves those out,
 * as a loop device of Linux does, and {@code ImageStore}, which could not give them back, refuses it. Memory is bounded: an {@code ImageFile} holds a cache of fixed
 * size whatever the image's size, and {@code ImageStore} refuses what would not fit. Holes stay holes: zeroes are not written
 * where zeroes are. Everything that can go wrong with a file is an {@link dev.powercut.bridge.image.ImageException}.
 *
 * <p>Not modelled here: formats other than raw (qcow2, VMDK), partition tables, punching holes into what was data.
 */
@NullMarked
package dev.powercut.bridge.image;

import org.jspecify.annotations.NullMarked;
