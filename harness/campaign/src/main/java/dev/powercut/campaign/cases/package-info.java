/**
 * Saved findings. Layer campaign, beside {@code campaign} itself, above check.
 *
 * <p>A {@link dev.powercut.campaign.cases.Case} is a finding (or a pass) that can be repeated to the letter: target,
 * configuration, workload, choices, crash state, what is expected, and hashes that tell whether the target still writes what it
 * wrote then. {@link dev.powercut.campaign.cases.CaseFile} reads and writes it as {@code case.json}; {@link
 * dev.powercut.campaign.cases.CaseReplay} repeats it; {@link dev.powercut.campaign.cases.CaseMaker} makes one from a finding, as small as it can; {@link
 * dev.powercut.campaign.cases.Corpus} is a folder of them.
 *
 * <p>Invariants. Reading checks everything that does not depend on what is installed, and names file, line and reason. A
 * replay never passes silently: when the recorded crash state cannot be made any more and the finding shows nowhere, it
 * is stale. The same case on the same code gives the same hashes.
 *
 * <p>Not modelled here: cases of several machines or disks.
 */
@NullMarked
package dev.powercut.campaign.cases;

import org.jspecify.annotations.NullMarked;
