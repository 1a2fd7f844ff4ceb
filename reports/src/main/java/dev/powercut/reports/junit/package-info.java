/**
 * The run report as JUnit XML, for CI servers, in the form that Ant made and Jenkins, GitLab and others read.
 *
 * <p>Each exploration is a test suite with one test case for each oracle, which fails with the first finding of that oracle and
 * tells of the others; so the names of the tests are the same in each run. Each table is a test suite with a test case for
 * each row that passes or fails.
 *
 * <p>Invariants: the file is valid by the schema in the tests; there is no duration and no time of day in it. Characters that XML
 * cannot hold stand as {@code \}{@code uXXXX}.
 *
 * <p>Not here: writes and differences; they are in the HTML page.
 */
@NullMarked
package dev.powercut.reports.junit;

import org.jspecify.annotations.NullMarked;
