package dev.powercut.check.concurrent;

import dev.powercut.sim.Choices;
import dev.powercut.sim.schedule.Strategy;
import java.util.Locale;

/**
 * How the schedules of a program are chosen.
 *
 * @param parameter of PCT the depth, of depth-first search how many preemptions a schedule may have
 */
public record SchedulePlan(Kind kind, int parameter) {

    /** What there is to choose from. */
    public enum Kind {
        FIRST_COME,
        RANDOM_WALK,
        PCT,
        POS,
        DEPTH_FIRST,
        /** PCT with depth 3 and random walk, in turns. */
        MIXED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static final SchedulePlan USUAL = new SchedulePlan(Kind.MIXED, 3);

    private static final int MOST = 1000;

    /**
     * Reads {@code first-come}, {@code random-walk}, {@code pct:D}, {@code pos}, {@code depth-first:K} or {@code mixed}.
     *
     * @throws IllegalArgumentException when it is none of these; the message says what there is
     */
    public static SchedulePlan parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Kind kind = null;
        for (Kind one : Kind.values()) {
            if (one.word().equals(name)) {
                kind = one;
            }
        }
        boolean takesNumber = kind == Kind.PCT || kind == Kind.DEPTH_FIRST;
        if (kind == null || colon >= 0 && !takesNumber) {
            throw wrong(text);
        }
        return new SchedulePlan(kind, colon < 0 ? 3 : number(text, text.substring(colon + 1), kind));
    }

    private static int number(String text, String digits, Kind kind) {
        int least = kind == Kind.PCT ? 1 : 0;
        if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(Character::isDigit)) {
            throw wrong(text);
        }
        int number = Integer.parseInt(digits);
        if (number < least || number > MOST) {
            throw wrong(text);
        }
        return number;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("strategy '" + text
                + "': there is first-come, random-walk, pct:DEPTH, pos, depth-first:PREEMPTIONS and mixed");
    }

    /**
     * The strategy of one schedule; a plan for depth-first search has none of its own.
     *
     * @param number which schedule of the plan this is, from 0 on
     * @param steps about how many steps the program has
     */
    public Strategy strategy(Choices choices, long number, int steps) {
        return switch (kind) {
            case FIRST_COME -> Strategy.firstCome();
            case RANDOM_WALK -> Strategy.randomWalk(choices);
            case PCT -> Strategy.pct(choices, parameter, steps);
            case POS -> Strategy.pos(choices);
            case MIXED -> number % 2 == 0 ? Strategy.pct(choices, parameter, steps) : Strategy.randomWalk(choices);
            case DEPTH_FIRST -> throw new IllegalStateException("depth-first search has its own order");
        };
    }

    @Override
    public String toString() {
        boolean takesNumber = kind == Kind.PCT || kind == Kind.DEPTH_FIRST;
        return takesNumber ? kind.word() + ":" + parameter : kind.word();
    }
}
