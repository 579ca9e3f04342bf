/**
 * PostgreSQL as a service that recipes share: {@link dev.firstboot.workload.postgresql.Postgresql#database(String)}. It values, in this order: data
 * that survives every power cut, a server that nobody else can reach, and a quick first boot.
 *
 * <p>Not guaranteed: the paths of configuration and scripts.
 */
@NullMarked
package dev.firstboot.workload.postgresql;

import org.jspecify.annotations.NullMarked;
