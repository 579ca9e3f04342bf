/** What is measured: always a ratio within one run, written to {@code benchmarks/results/}. */
@NullMarked
package dev.firstboot.benchmarks;

import org.jspecify.annotations.NullMarked;
