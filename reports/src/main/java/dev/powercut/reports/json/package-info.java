/**
 * The run report as JSON, for scripts.
 *
 * <p>Invariants: keys are the names of the record components of {@link dev.powercut.campaign.RunReport}, in their order, behind
 * {@code format} and {@code version}; keys are added without notice, and {@code version} rises when one is renamed, removed or
 * changes its meaning. Every key is always there; what is absent is null. The file is pure ASCII, so that a file name that is
 * not valid UTF-8 survives: such a byte stands as the lone surrogate U+DC00 + byte.
 *
 * <p>Not here: JUnit XML and SARIF, which are formats of their own.
 */
@NullMarked
package dev.powercut.reports.json;

import org.jspecify.annotations.NullMarked;
