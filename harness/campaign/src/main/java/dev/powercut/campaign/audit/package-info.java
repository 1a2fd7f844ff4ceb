/**
 * The audit of a target's barriers: for each site that orders writes or flushes, the target is run with just that one switched
 * off, and a finding is sought. One that gives a finding is <em>needed</em>, and the finding proves it; one that gives none within
 * the budget is <em>not shown to be needed</em>, which is no proof that it is not.
 *
 * <p>Invariants: nothing here knows a target's sites; the same audit gives the same report, however many workers there are.
 *
 * <p>Not here: several barriers removed at once, of which each alone may be covered by the others.
 */
@NullMarked
package dev.powercut.campaign.audit;

import org.jspecify.annotations.NullMarked;
