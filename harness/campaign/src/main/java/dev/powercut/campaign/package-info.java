/** Layer campaign: many runs. Budgets, workers, cases, report formats; above check. */
@NullMarked
package dev.powercut.campaign;

import org.jspecify.annotations.NullMarked;
