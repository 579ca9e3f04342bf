/** Ready-made workloads live in the packages below this one. */
@NullMarked
package dev.firstboot.workload;

import org.jspecify.annotations.NullMarked;
