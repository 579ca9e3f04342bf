/**
 * PostgreSQL as a service that recipes share: {@link dev.firstboot.workload.postgresql.Postgresql#database(String)}. It values, in this order: data that outlives every
 * power cut, a server that nobody else reaches, and a quick first boot.
 *
 * <p>Not promised: the paths of configuration and scripts.
 */
@NullMarked
package dev.firstboot.workload.postgresql;

import org.jspecify.annotations.NullMarked;
