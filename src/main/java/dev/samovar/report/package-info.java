/** A report as JSON, text, Markdown or a page. Pure. Knows triage's report and what is in it. */
@NullMarked
package dev.samovar.report;

import org.jspecify.annotations.NullMarked;
