package dev.powercut.check.concurrent;

import dev.powercut.check.model.Model;

/**
 * How far a call has come that takes effect in several steps, between which others may take theirs.
 *
 * @param phase what comes next
 * @param component which component of the path is looked up next
 * @param directory where the walk stands: id in the model
 * @param source of a rename, the directory that the first path led to
 * @param subject what the path has led to, once it has
 */
record Progress(Phase phase, int component, int directory, int source, int subject) {

    enum Phase {
        WALK,
        WALK_SECOND,
        ACT
    }

    static final Progress BEGIN = new Progress(Phase.WALK, 0, Model.ROOT, Model.ROOT, Model.ROOT);

    Progress into(int next) {
        return new Progress(phase, component + 1, next, source, subject);
    }

    Progress second(int found) {
        return new Progress(Phase.WALK_SECOND, 0, Model.ROOT, directory, found);
    }

    Progress act(int found) {
        return new Progress(Phase.ACT, 0, directory, source, found);
    }
}
