package dev.powercut.kernel.stream;

import dev.powercut.kernel.process.Memory;
import dev.powercut.kernel.process.Mutex;
import dev.powercut.kernel.process.UserProcess;

/**
 * A FILE in memory:
 *
 * <pre>
 *    0  int   descriptor
 *    4  int   marks: what it may do, is doing, and what has happened to it
 *    8  long  where the buffer is
 *   16  int   size of the buffer
 *   20  int   reading: next byte to give; writing: how many bytes wait to be written
 *   24  int   reading: how many bytes the buffer holds
 *   28  int   lock, see Mutex
 *   32  long  the next stream of the process, or 0
 * </pre>
 */
final class FileRecord {

    static final int BYTES = 40;

    static final int MAY_READ = 1;
    static final int MAY_WRITE = 2;
    static final int APPENDS = 4;
    static final int AT_END = 8;
    static final int FAILED = 16;
    static final int LINE_BUFFERED = 32;
    static final int UNBUFFERED = 64;
    static final int IS_READING = 128;
    static final int IS_WRITING = 256;

    private static final int DESCRIPTOR = 0;
    private static final int MARKS = 4;
    private static final int BUFFER = 8;
    private static final int SIZE = 16;
    private static final int POSITION = 20;
    private static final int HELD = 24;
    private static final int LOCK = 28;
    private static final int NEXT = 32;

    final UserProcess self;
    final long address;
    private final Memory memory;

    FileRecord(UserProcess self, long address) {
        this.self = self;
        this.address = address;
        this.memory = self.memory();
    }

    Mutex lock() {
        return new Mutex(address + LOCK);
    }

    int descriptor() {
        return memory.getInt(address + DESCRIPTOR);
    }

    void setDescriptor(int fd) {
        memory.putInt(address + DESCRIPTOR, fd);
    }

    private int marks() {
        return memory.getInt(address + MARKS);
    }

    boolean has(int mark) {
        return (marks() & mark) != 0;
    }

    boolean hasAll(int marks) {
        return (marks() & marks) == marks;
    }

    void set(int mark) {
        memory.putInt(address + MARKS, marks() | mark);
    }

    void clear(int mark) {
        memory.putInt(address + MARKS, marks() & ~mark);
    }

    long buffer() {
        return memory.getLong(address + BUFFER);
    }

    int size() {
        return memory.getInt(address + SIZE);
    }

    void setBuffer(long buffer, int size) {
        memory.putLong(address + BUFFER, buffer);
        memory.putInt(address + SIZE, size);
    }

    int position() {
        return memory.getInt(address + POSITION);
    }

    void setPosition(int position) {
        memory.putInt(address + POSITION, position);
    }

    int held() {
        return memory.getInt(address + HELD);
    }

    void setHeld(int held) {
        memory.putInt(address + HELD, held);
    }

    /** Where the address of the next stream is. */
    long linkAddress() {
        return address + NEXT;
    }

    long next() {
        return memory.getLong(address + NEXT);
    }

    void setNext(long next) {
        memory.putLong(address + NEXT, next);
    }
}
