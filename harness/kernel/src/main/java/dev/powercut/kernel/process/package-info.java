/**
 * Processes with bodies on the scheduler. Layer kernel, above everything else in it: a kernel without processes does not know this
 * package.
 *
 * <pre>
 *   Processes      the process table of one kernel: runs a program as its first process, and init around it
 *   UserProcess    what a program sees: all system calls, and fork, exec, wait, exit
 *   Memory         its memory: loads, stores, mmap, and space for variables
 *   Signals        kill, sigaction, masks, waiting for signals, alarm
 *   Threads        threads, mutexes and condition variables in its memory
 * </pre>
 *
 * <p>A program is a Java lambda that is given its process. What fork must copy lives in the process's memory, so keep a program's
 * variables there: {@link dev.powercut.kernel.process.Memory#newInt} gives a handle that is an address and nothing else, good in
 * parent and child alike, where each finds its own value. The child's body is given the child's process; a call on the parent's by
 * mistake fails at once, with both named.
 *
 * <p>Invariants. A system call is entered by a thread of the process itself. A signal is acted upon at the end of a system call, in
 * place of one that waits, and at loads and stores. A call on a descriptor holds what it stands for until it has ended, whatever other
 * threads close meanwhile. A process that has ended holds nothing but its status until its parent has asked for it; the children of one
 * that is gone are init's.
 *
 * <p>Not modelled here: core files, resource usage, priorities, ptrace, namespaces, vfork, what a controlling terminal does
 * to a session, real-time clocks other than the world's, robust mutexes: what ends with a mutex leaves it locked, and that is reported.
 */
@NullMarked
package dev.powercut.kernel.process;

import org.jspecify.annotations.NullMarked;
