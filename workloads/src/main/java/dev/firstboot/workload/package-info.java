/** The parent of the packages with ready-made workloads. */
@NullMarked
package dev.firstboot.workload;

import org.jspecify.annotations.NullMarked;
