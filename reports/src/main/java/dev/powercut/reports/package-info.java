/** Layer reports: renderers behind the report formats of campaign. */
@NullMarked
package dev.powercut.reports;

import org.jspecify.annotations.NullMarked;
