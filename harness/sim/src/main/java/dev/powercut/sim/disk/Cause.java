package dev.powercut.sim.disk;

import dev.powercut.sim.OperationId;
import java.util.List;

/**
 * Why a write was made.
 *
 * @param kind what the block is
 * @param trigger why it went out now
 * @param dirtied which operations dirtied it, at which sites, since it was last clean, in that order, without repetition
 */
public record Cause(BlockKind kind, Trigger trigger, List<Dirtied> dirtied) {

    /** One operation made the block dirty at one site. */
    public record Dirtied(OperationId operation, Site site) {}

    public Cause {
        dirtied = List.copyOf(dirtied);
    }

    public Cause(BlockKind kind, Trigger trigger) {
        this(kind, trigger, List.of());
    }
}
