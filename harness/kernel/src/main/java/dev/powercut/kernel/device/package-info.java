/**
 * Character devices: null, zero, full, random, and a console. Layer kernel, above vfs. Numbers are those of Linux
 * (Documentation/admin-guide/devices.txt).
 *
 * <p>Invariants. Random bytes come from the choices. A write to the console is one piece: what two processes write at the same time
 * is mixed write by write, not byte by byte.
 *
 * <p>Not modelled here: line editing, echo, job control and sizes of terminals.
 */
@NullMarked
package dev.powercut.kernel.device;

import org.jspecify.annotations.NullMarked;
