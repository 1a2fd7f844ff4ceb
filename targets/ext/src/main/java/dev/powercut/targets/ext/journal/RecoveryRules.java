package dev.powercut.targets.ext.journal;

/** The rules that a recovery keeps: all of them, unless a defect is planted. */
public record RecoveryRules(int bits) {

    /** Every rule. */
    public static final RecoveryRules ALL = new RecoveryRules(-1);

    /** All but one. */
    public static RecoveryRules without(RecoveryRule rule) {
        return new RecoveryRules(~(1 << rule.ordinal()));
    }

    public boolean keeps(RecoveryRule rule) {
        return (bits >>> rule.ordinal() & 1) != 0;
    }
}
