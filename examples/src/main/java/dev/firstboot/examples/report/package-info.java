/** What a person sees of a long run: progress while it lasts, a table at its end, and the same in JSON. Knows nothing of what is run. */
@NullMarked
package dev.firstboot.examples.report;

import org.jspecify.annotations.NullMarked;
