package dev.powercut.check.workload;

/** A script that cannot be read. */
public final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String script;
    private final int line;
    private final String reason;

    ScriptException(String script, int line, String reason) {
        super(script + ":" + line + ": " + reason);
        this.script = script;
        this.line = line;
        this.reason = reason;
    }

    public String script() {
        return script;
    }

    /** Line number, from 1. */
    public int line() {
        return line;
    }

    public String reason() {
        return reason;
    }
}
