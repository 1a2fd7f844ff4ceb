package dev.powercut.kernel.process;

/** Leaves a program's body from wherever it is. Not for programs to catch: an Error, so that a catch of exceptions does not. */
abstract class Unwinding extends Error {

    private static final long serialVersionUID = 1L;

    private Unwinding(String what) {
        super(what, null, false, false);
    }

    /** The thread ends, or the whole process. */
    static final class End extends Unwinding {

        private static final long serialVersionUID = 1L;

        End() {
            super("the thread ends");
        }
    }

    /** The process runs another program from now on. */
    static final class Exec extends Unwinding {

        private static final long serialVersionUID = 1L;

        final transient Program program;

        Exec(Program program) {
            super("another program runs");
            this.program = program;
        }
    }
}
