package dev.powercut.check.explore;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.oracle.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DamageLineTest {

    private static Violation violation(String... lines) {
        return new Violation("kind", "the crash left damage: kind: " + lines[0] + "; and more", "", List.of(lines));
    }

    @Test
    void ofSeveralAlikeTheOneThatIsToldIsMendedThoughOthersAreLeft() {
        Violation three = violation("inode 12 is lost", "inode 13 is lost", "inode 17 is lost");
        assertTrue(DamageLine.isStillSaid(three, violation("inode 12 is lost", "inode 17 is lost")));
        assertFalse(DamageLine.isStillSaid(three, violation("inode 13 is lost", "inode 17 is lost")));
    }

    @Test
    void countThatChangesIsTheSameDamage() {
        Violation before = violation("group 0 counts 7 free blocks, has 5", "inode 12 is lost");
        assertTrue(DamageLine.isStillSaid(before, violation("group 0 counts 6 free blocks, has 5")));
        assertFalse(DamageLine.isStillSaid(before, violation("inode 12 is lost")));
    }

    @Test
    void sentenceThatQuotesNoLineIsJudgedByItsKindAlone() {
        Violation other = new Violation("kind", "it hangs", "", List.of("at a", "at b"));
        assertTrue(DamageLine.isStillSaid(other, violation("at c")));
    }
}
