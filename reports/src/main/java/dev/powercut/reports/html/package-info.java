/**
 * The run report as one HTML page: no script, no file beside it, no request to anywhere, so that it can be mailed, archived and
 * opened from a disk. A content security policy in the page holds it to that.
 *
 * <p>The report becomes the page's model ({@link Page} and what hangs off it: rows to show, rows to fold away, links between
 * operations and writes), and the templates in {@code src/main/jte} lay it out. They are compiled into this package.
 *
 * <p>Invariants: every string of the report goes through {@link PrintableOutput}, which escapes it for its place in HTML and
 * makes visible what would not be seen. All state is in the markup: what is lost or wrong is said in words, and colour only
 * repeats it. Ids are {@code f1}, {@code f1-op-12}, {@code f1-log-415}: finding, operation number, sequence number.
 *
 * <p>Not modelled: comparison of several runs, and pages for single findings.
 */
@NullMarked
package dev.powercut.reports.html;

import org.jspecify.annotations.NullMarked;
