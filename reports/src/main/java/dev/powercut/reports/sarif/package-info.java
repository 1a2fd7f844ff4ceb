/**
 * The run report as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for code scanning.
 *
 * <p>A rule is an oracle, a result is a finding: its level says whether a promise is broken, its partial fingerprint is the
 * finding's own, its code flow is the workload up to the operation under way at the cut, and its logical location is the site at
 * which the write that was missing was caused. Rows of tables that fail are results, too.
 *
 * <p>Invariants: the file is valid by the schema of the standard; the same report gives the same bytes.
 *
 * <p>Not here: physical locations, since what is under test are images and not lines of source.
 */
@NullMarked
package dev.powercut.reports.sarif;

import org.jspecify.annotations.NullMarked;
