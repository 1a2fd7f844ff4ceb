/**
 * Layer reports: renderers behind the report formats of campaign. Each format is a package of its own and a service that
 * {@link java.util.ServiceLoader} finds; nothing sees them but the class path.
 *
 * <p>Invariants: a format shows what {@link dev.powercut.campaign.RunReport} holds and computes nothing that could change the
 * verdict. The same report gives the same bytes: no time of day, no locale, no path of this computer. Every string of a report may be hostile, since file
 * names and file contents are chosen by a fuzzer.
 */
@NullMarked
package dev.powercut.reports;

import org.jspecify.annotations.NullMarked;
