package dev.powercut.check.concurrent;

import dev.powercut.check.workload.Result;
import dev.powercut.check.workload.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A step that a process has begun: when, and when it came back with what. */
public final class Call {

    private final int process;
    private final Step step;
    private final long begin;
    private final int beginPosition;
    private long end = Long.MAX_VALUE;
    private int endPosition = Integer.MAX_VALUE;
    private @Nullable Result result;

    /**
     * @param begin its rank among all begins and ends
     * @param beginPosition how many entries the log had
     */
    Call(int process, Step step, long begin, int beginPosition) {
        this.process = process;
        this.step = step;
        this.begin = begin;
        this.beginPosition = beginPosition;
    }

    void ended(Result with, long rank, int position) {
        result = with;
        end = rank;
        endPosition = position;
    }

    /** From 0 on. */
    public int process() {
        return process;
    }

    public Step step() {
        return step;
    }

    /** Whether it has come back. */
    public boolean hasEnded() {
        return result != null;
    }

    public Result result() {
        return Objects.requireNonNull(result);
    }

    /** Whether it had begun when the log had so many entries. */
    public boolean hadBegun(int position) {
        return position > beginPosition;
    }

    /** Whether it had come back when the log had so many entries. */
    public boolean hadEnded(int position) {
        return hasEnded() && position > endPosition;
    }

    long begin() {
        return begin;
    }

    long end() {
        return end;
    }

    int beginPosition() {
        return beginPosition;
    }

    int endPosition() {
        return endPosition;
    }

    @Override
    public String toString() {
        return "process " + (process + 1) + ", " + step + (result == null ? "" : " -> " + result.text());
    }
}
