/**
 * NGINX as a service that recipes share: {@link dev.firstboot.workload.nginx.Nginx#site(String...)}. It values, in this order: no access that was not
 * asked for, TLS everywhere, and sites that do not affect each other.
 *
 * <p>Not guaranteed: the paths and texts of NGINX's files.
 */
@NullMarked
package dev.firstboot.workload.nginx;

import org.jspecify.annotations.NullMarked;
